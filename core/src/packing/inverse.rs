//! The inverse of a square matrix, by elimination with the largest pivots, for both simplexes.

/// The inverse of a matrix of `m` rows; `None` if no pivot is larger than `least`.
pub(super) fn inverse(m: usize, mut matrix: Vec<f64>, least: f64) -> Option<Vec<f64>> {
    let mut inverse = vec![0.0; m * m];
    for row in 0..m {
        inverse[row * m + row] = 1.0;
    }
    for step in 0..m {
        let size = |row: usize| matrix[row * m + step].abs();
        let mut largest = step;
        for row in step..m {
            if size(row) > size(largest) {
                largest = row;
            }
        }
        if size(largest) < least {
            return None;
        }
        for at in 0..m {
            matrix.swap(step * m + at, largest * m + at);
            inverse.swap(step * m + at, largest * m + at);
        }
        let by = matrix[step * m + step];
        for at in 0..m {
            matrix[step * m + at] /= by;
            inverse[step * m + at] /= by;
        }
        for row in (0..m).filter(|&row| row != step) {
            let factor = matrix[row * m + step];
            if factor != 0.0 {
                for at in 0..m {
                    matrix[row * m + at] -= factor * matrix[step * m + at];
                    inverse[row * m + at] -= factor * inverse[step * m + at];
                }
            }
        }
    }
    Some(inverse)
}
