import Diagnostics
import Model

extension Rule {
    /// Syncs wait for those that `after` and `link` name. A circle among them would keep all of them waiting for ever.
    /// A sync that links to itself does not wait: its parents come first within the run.
    static let waiting = Rule { subject, findings in
        var search = CircleSearch(subject)
        for circle in search.circles() {
            guard let first = circle.first else { continue }
            findings.add(
                .waitsForItself, "syncs wait for each other: \(path(around: circle))", at: first.place,
                notes: circle.dropFirst().prefix(longest).map {
                    .init("'\($0.from)' waits for '\($0.to)' here", at: $0.place)
                })
        }
    }

    /// As many steps as a person would follow.
    private static let longest = 10

    private static func path(around circle: [Waiting]) -> String {
        var names = circle.prefix(longest).map(\.from.description)
        if circle.count > longest { names.append("…") }
        if let first = names.first { names.append(first) }
        return names.joined(separator: " -> ")
    }
}

/// One sync that waits for another.
private struct Waiting {
    var from: SyncName
    var to: SyncName
    var place: Place
}

/// Finds circles by walking along what each sync waits for, depth first, without recursion.
private struct CircleSearch {
    private var edges: [SyncName: [Waiting]] = [:]
    private var starts: [SyncName] = []
    private var finished: Set<SyncName> = []
    /// Past so many circles a person starts to untangle them anyway.
    private static let most = 20

    init(_ subject: Subject) {
        for job in subject.drafts.jobs {
            for sync in job.syncs {
                let from = SyncName(job: job.fileName, sync: sync.name.content)
                starts.append(from)
                edges[from] = (sync.after + sync.fields.compactMap(\.link)).compactMap { name in
                    let to = subject.syncName(name.content, in: job)
                    guard to != from, subject.sync(to) != nil else { return nil }
                    return Waiting(from: from, to: to, place: name.place)
                }
            }
        }
    }

    /// Each circle once, as the steps around it, from the sync that stands first in the files.
    mutating func circles() -> [[Waiting]] {
        var circles: [[Waiting]] = []
        for start in starts where !finished.contains(start) && circles.count < Self.most {
            circles += walk(from: start)
        }
        return circles
    }

    private mutating func walk(from start: SyncName) -> [[Waiting]] {
        var circles: [[Waiting]] = []
        var path: [Waiting] = []
        var onPath: Set<SyncName> = [start]
        var pending: [(sync: SyncName, next: Int)] = [(start, 0)]
        while let (sync, next) = pending.last {
            guard let steps = edges[sync], next < steps.count else {
                finished.insert(sync)
                onPath.remove(sync)
                pending.removeLast()
                _ = path.popLast()
                continue
            }
            pending[pending.count - 1].next += 1
            let step = steps[next]
            if onPath.contains(step.to), circles.count < Self.most {
                let begin = path.firstIndex { $0.from == step.to } ?? path.endIndex
                circles.append(path[begin...] + [step])
            } else if !finished.contains(step.to), !onPath.contains(step.to) {
                path.append(step)
                onPath.insert(step.to)
                pending.append((step.to, 0))
            }
        }
        return circles
    }
}
