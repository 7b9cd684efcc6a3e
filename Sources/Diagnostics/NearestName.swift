/// The candidate that a person most likely meant: the fewest edits away, at most a third of the name's length.
/// Insertion, deletion, replacement and the swap of neighbours each count as one edit.
package func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    let most = max(1, wanted.count / 3)
    var best: (distance: Int, name: String)?
    for candidate in candidates where candidate != name {
        let scalars = Array(candidate.lowercased().unicodeScalars)
        guard abs(scalars.count - wanted.count) <= most else { continue }
        let distance = editDistance(wanted, scalars)
        guard distance <= most else { continue }
        if let known = best, (known.distance, known.name) <= (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.name
}

/// The nearest name, or where none is near the shortest that holds all of this one: `upperAscii` for `upper`. For closed lists of names.
package func nearestOrLongerName(to name: String, in candidates: some Sequence<String>) -> String? {
    let all = Array(candidates)
    if let near = nearestName(to: name, in: all) { return near }
    let wanted = Array(name.lowercased().utf8)
    guard wanted.count > 2 else { return nil }
    return all.filter { candidate in
        let text = Array(candidate.lowercased().utf8)
        return text.count > wanted.count
            && (0...text.count - wanted.count).contains { text[$0...].starts(with: wanted) }
    }.min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + Array(repeating: 0, count: b.count)
        for j in 1...b.count {
            let replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            row[j] = min(previous[j] + 1, row[j - 1] + 1, replaced)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], before[j - 2] + 1)
            }
        }
        before = previous
        previous = row
    }
    return previous[b.count]
}
