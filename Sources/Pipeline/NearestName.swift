/// The name that was most likely meant by `name`: the one fewest edits away, if they are few for its length.
///
/// Insertions, deletions, replacements and swaps of neighbours count one each (optimal string alignment); case does not
/// count. Of equally near names the first wins.
func nearest(to name: String, among names: [String]) -> String? {
    let wanted = Array(name.lowercased())
    guard wanted.count <= longestName else { return nil }
    let candidates = names.filter { $0 != name && $0.count <= longestName }
    let distances = candidates.map { editDistance(wanted, Array($0.lowercased())) }
    guard let best = distances.min(), let index = distances.firstIndex(of: best) else { return nil }
    let longer = max(wanted.count, candidates[index].count)
    return best <= max(1, longer / 3) && best < longer ? candidates[index] : nil
}

/// Names as messages list them: the first twelve, then how many more there are.
func listed(_ names: [String]) -> String {
    let shown = names.prefix(12).joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
}

/// Longer names are not compared, so that a hostile file cannot make its own refusal slow.
private let longestName = 64

private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
        var row = [i + 1]
        for j in right.indices {
            let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
            var distance = min(replaced, last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                distance = min(distance, beforeLast[j - 1] + 1)
            }
            row.append(distance)
        }
        (beforeLast, last) = (last, row)
    }
    return last[right.count]
}
