/// Some numbers of which single ranks are asked, which costs less than sorting them all.
struct OrderStatistics {
    private var values: [Double]

    init(_ values: [Double]) { self.values = values }

    var count: Int { values.count }

    /// The number that sorting would put at `rank`, from 0; the median of three is the pivot.
    ///
    /// Source: Hoare, "Algorithm 65: Find", Communications of the ACM 4(7), 1961.
    mutating func value(at rank: Int) -> Double {
        var (low, high) = (0, values.count - 1)
        while low < high {
            let (left, right) = partition(low, high)
            if rank <= left {
                high = left
            } else if rank >= right {
                low = right
            } else {
                break
            }
        }
        return values[rank]
    }

    /// Reorders `low ... high` so that nothing up to the first result is above anything from the second on; what lies
    /// between equals the pivot.
    private mutating func partition(_ low: Int, _ high: Int) -> (Int, Int) {
        let pivot = median(values[low], values[low + (high - low) / 2], values[high])
        var (left, right) = (low, high)
        while left <= right {
            while values[left] < pivot { left += 1 }
            while pivot < values[right] { right -= 1 }
            guard left <= right else { break }
            values.swapAt(left, right)
            left += 1
            right -= 1
        }
        return (right, left)
    }

    private func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
        max(min(a, b), min(max(a, b), c))
    }
}
