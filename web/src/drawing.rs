//! Where things stand in the drawing of an instance: lengths in pixels from figures in CPU units
//! and MiB. CPU runs to the right, memory upwards; one scale for all instances of a fleet.
//!
//! A task is a tile as wide as its CPU and as high as its memory. Tiles stand corner to corner,
//! because a task takes both resources at once: what is under the tiles is the CPU that is taken,
//! what is beside them the memory. Floats place pixels here; they decide nothing.

use eniac_core::report::{InstanceGroup, InstanceTypeReport};

/// Above so many tasks on one instance, the tasks of a service are one tile.
const MOST_TILES: u32 = 96;

/// Pixels for a CPU unit and for a MiB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    per_cpu: f64,
    per_mib: f64,
}

/// The drawings of a fleet stand in one row of so many pixels where they can be read in it.
const ROW: f64 = 808.0;
/// The least width of a drawing with its caption, and what stands between two.
const LEAST_WIDTH: f64 = 136.0;
const BETWEEN: f64 = 16.0;
/// What stands on both sides of a rectangle.
const AROUND: f64 = 32.0;
/// Widths for the largest instance, from the best to the least that can be read.
const WIDTHS: [f64; 6] = [256.0, 216.0, 184.0, 152.0, 128.0, 112.0];

impl Scale {
    /// The scale at which the largest of `instances` is as large as leaves all of them in a row.
    pub fn for_fleet(instances: &[&InstanceTypeReport]) -> Self {
        let most_cpu = instances.iter().map(|instance| instance.cpu.0).max().unwrap_or(1).max(1);
        let most_memory =
            instances.iter().map(|instance| instance.memory_mib.0).max().unwrap_or(1).max(1);
        let row = |width: f64| -> f64 {
            let drawn = instances.iter().map(|instance| {
                let drawn = instance.cpu.0 as f64 / most_cpu as f64 * width + AROUND;
                drawn.max(LEAST_WIDTH) + BETWEEN
            });
            drawn.sum()
        };
        let width = WIDTHS.into_iter().find(|width| row(*width) <= ROW).unwrap_or(WIDTHS[3]);
        let height = width.clamp(176.0, 216.0);
        Self { per_cpu: width / most_cpu as f64, per_mib: height / most_memory as f64 }
    }

    fn width(self, cpu: u64) -> f64 {
        cpu as f64 * self.per_cpu
    }

    fn height(self, mib: u64) -> f64 {
        mib as f64 * self.per_mib
    }
}

/// A rectangle, its corner at the top left.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    /// Whether there is anything to see of it.
    pub fn is_visible(&self) -> bool {
        self.width > 0.25 && self.height > 0.25
    }
}

/// One task, or all tasks of a service where they are too many to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// Its service.
    pub service: String,
    /// How many tasks it stands for.
    pub tasks: u32,
    /// The task itself.
    pub tile: Rect,
    /// The row that it stands in: its memory, over all the CPU that is taken.
    pub row: Rect,
}

/// An instance with what is on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Width of the instance.
    pub width: f64,
    /// Height of the instance.
    pub height: f64,
    /// Memory and CPU that the system and the daemons take.
    pub system: Vec<Rect>,
    /// What no task takes.
    pub free: Vec<Rect>,
    /// The tasks, the first at the bottom left.
    pub tiles: Vec<Tile>,
    /// From the bottom to how high tasks may stand: the memory axis of what is allocatable.
    pub memory_edge: Rect,
    /// How far to the right tasks may stand: the CPU axis of what is allocatable.
    pub cpu_edge: Rect,
}

/// Draws one instance of `group`.
pub fn draw(
    instance: &InstanceTypeReport,
    group: &InstanceGroup,
    demand: impl Fn(&str) -> (u64, u64),
    scale: Scale,
) -> Drawing {
    let width = scale.width(instance.cpu.0);
    let height = scale.height(instance.memory_mib.0);
    let given_width = scale.width(instance.allocatable_cpu.0.min(instance.cpu.0));
    let given_height = scale.height(instance.allocatable_memory_mib.0.min(instance.memory_mib.0));
    // The system is the ground on which tasks stand.
    let ground = height - given_height;
    let used_width = scale.width(group.used_cpu).min(given_width);
    let used_height = scale.height(group.used_memory_mib).min(given_height);

    let mut tiles = Vec::new();
    let merged = group.tasks.iter().map(|tasks| tasks.count).sum::<u32>() > MOST_TILES;
    let (mut x, mut y) = (0.0, height - ground);
    for tasks in &group.tasks {
        let (cpu, memory) = demand(&tasks.service);
        let (each, count) = if merged { (tasks.count, 1) } else { (1, tasks.count) };
        let tile_width = scale.width(cpu.saturating_mul(u64::from(each)));
        let tile_height = scale.height(memory.saturating_mul(u64::from(each)));
        for _ in 0..count {
            y -= tile_height;
            tiles.push(Tile {
                service: tasks.service.clone(),
                tasks: each,
                tile: Rect { x, y, width: tile_width, height: tile_height },
                row: Rect { x: 0.0, y, width: used_width, height: tile_height },
            });
            x += tile_width;
        }
    }

    let top = given_height - used_height;
    Drawing {
        width,
        height,
        system: visible([
            Rect { x: 0.0, y: given_height, width, height: ground },
            Rect { x: given_width, y: 0.0, width: width - given_width, height: given_height },
        ]),
        free: visible([
            Rect { x: 0.0, y: 0.0, width: given_width, height: top },
            Rect { x: used_width, y: top, width: given_width - used_width, height: used_height },
        ]),
        tiles,
        memory_edge: Rect { x: 0.0, y: 0.0, width: 0.0, height: given_height },
        cpu_edge: Rect { x: 0.0, y: height, width: given_width, height: 0.0 },
    }
}

fn visible<const N: usize>(rects: [Rect; N]) -> Vec<Rect> {
    rects.into_iter().filter(Rect::is_visible).collect()
}

/// How the ENIs of an instance are shown along its edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EniMarks {
    /// A dot for each.
    Dots {
        /// Filled ones.
        taken: u32,
        /// All.
        all: u32,
    },
    /// So many that only their number can be told.
    Number {
        /// Taken ones.
        taken: u32,
        /// All.
        all: u32,
    },
}

/// Dots while there are at most so many: two rows beside the smallest drawing.
const MOST_DOTS: u32 = 24;

/// The ENIs of `group`.
pub fn eni_marks(instance: &InstanceTypeReport, group: &InstanceGroup) -> EniMarks {
    let (taken, all) = (group.used_enis, instance.allocatable_enis);
    if all <= MOST_DOTS { EniMarks::Dots { taken, all } } else { EniMarks::Number { taken, all } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn no_money() -> serde_json::Value {
        json!({
            "computeNanoUsdPerHour": 0, "feeNanoUsdPerHour": 0, "diskNanoUsdPerHour": 0,
            "totalNanoUsdPerHour": 0, "totalMicroUsdPerMonth": 0
        })
    }

    fn instance(cpu: u64, memory: u64, allocatable: (u64, u64), enis: u32) -> InstanceTypeReport {
        serde_json::from_value(json!({
            "name": "t4g.small", "architecture": "arm64", "cpu": cpu, "memoryMib": memory,
            "visibleMemoryMib": memory, "visibleMemoryEstimated": false, "reservedMemoryMib": 0,
            "daemonCpu": 0, "daemonMemoryMib": 0, "allocatableCpu": allocatable.0,
            "allocatableMemoryMib": allocatable.1, "allocatableEnis": enis, "trunked": false,
            "gpus": 0, "burstable": true, "onDemandNanoUsdPerHour": 0, "priceEstimated": false,
            "priceSource": "listed",
            "cost": no_money()
        }))
        .unwrap()
    }

    fn group(tasks: u32, cpu: u64, memory: u64) -> InstanceGroup {
        let used = u64::from(tasks);
        serde_json::from_value(json!({
            "instanceType": "t4g.small", "operatingSystem": "LINUX", "count": 3, "perZone": [3],
            "tasks": [{ "service": "web", "count": tasks }], "usedCpu": used * cpu,
            "usedMemoryMib": used * memory, "usedEnis": tasks, "usedGpus": 0, "binding": [],
            "each": no_money()
        }))
        .unwrap()
    }

    fn check(tasks: u32, tiles: usize) {
        let instance = instance(2048, 2048, (2048, 1538), 2);
        let scale = Scale::for_fleet(&[&instance]);
        let drawing = draw(&instance, &group(tasks, 16, 8), |_| (16, 8), scale);
        assert_eq!(drawing.tiles.len(), tiles);
        let floor = drawing.height;
        let area = |rect: &Rect| rect.width * rect.height;
        let rows: f64 = drawing.tiles.iter().map(|tile| area(&tile.row)).sum();
        let rest: f64 = drawing.system.iter().chain(&drawing.free).map(area).sum();
        let whole = drawing.width * drawing.height;
        assert!((rows + rest - whole).abs() < 0.01 * whole, "{rows} + {rest} of {whole}");
        for tile in &drawing.tiles {
            assert!(tile.tile.x + tile.tile.width <= drawing.width + 0.01);
            assert!(tile.tile.y >= -0.01 && tile.tile.y + tile.tile.height <= floor + 0.01);
        }
    }

    #[test]
    fn nothing_overlaps_and_nothing_is_left() {
        check(1, 1);
        check(12, 12);
        check(96, 96);
        check(97, 1);
    }

    #[test]
    fn one_scale_for_a_fleet() {
        let (small, large) =
            (instance(2048, 2048, (2048, 1538), 2), instance(4096, 16384, (4096, 15000), 3));
        let scale = Scale::for_fleet(&[&small, &large]);
        assert!((scale.width(4096) - 2.0 * scale.width(2048)).abs() < 1e-9);
        assert!((scale.width(4096) - 256.0).abs() < 1e-9);
        let many: Vec<&InstanceTypeReport> = std::iter::repeat_n(&large, 40).collect();
        assert!((Scale::for_fleet(&many).width(4096) - 152.0).abs() < 1e-9);
        assert!(Scale::for_fleet(&[]).width(1) > 0.0);
    }

    #[test]
    fn enis_are_dots_until_they_are_too_many() {
        for (all, dots) in [(0, true), (24, true), (25, false)] {
            let marks = eni_marks(&instance(2048, 2048, (2048, 1538), all), &group(1, 16, 8));
            assert_eq!(matches!(marks, EniMarks::Dots { .. }), dots, "{all}");
        }
    }
}
