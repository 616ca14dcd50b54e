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

impl Scale {
    /// The scale at which every one of `instances` is at most so many pixels wide and high.
    pub fn fitting<'a>(
        instances: impl IntoIterator<Item = &'a InstanceTypeReport>,
        (width, height): (f64, f64),
    ) -> Self {
        let (mut cpu, mut memory) = (1, 1);
        for instance in instances {
            cpu = cpu.max(instance.cpu.0);
            memory = memory.max(instance.memory_mib.0);
        }
        Self { per_cpu: width / cpu as f64, per_mib: height / memory as f64 }
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
