import Diagnostics
import Model

extension Rule {
    /// Syncs wait for those that `after` and `link` name. A circle among them would keep all of them waiting for ever.
    /// A sync that links to itself does not wait: its parents come first within the run.
    static let waiting = Rule { subject, findings in
        for circle in CircleSearch(steps(subject)).circles() {
            guard let first = circle.first else { continue }
            findings.add(
                .waitsForItself, "syncs wait for each other: \(path(around: circle))", at: first.place,
                notes: circle.dropFirst().prefix(longest).map {
                    .init("'\($0.from)' waits for '\($0.to)' here", at: $0.place)
                })
        }
    }

    private static func steps(_ subject: Subject) -> [CircleStep<SyncName>] {
        subject.drafts.jobs.flatMap { job in
            job.syncs.flatMap { sync in
                let from = SyncName(job: job.fileName, sync: sync.name.content)
                return (sync.after + sync.fields.compactMap(\.link)).compactMap {
                    (name: Placed<String>) -> CircleStep<SyncName>? in
                    let to = subject.syncName(name.content, in: job)
                    guard to != from, subject.sync(to) != nil else { return nil }
                    return CircleStep(from: from, to: to, place: name.place)
                }
            }
        }
    }

    /// As many steps as a person would follow.
    private static let longest = 10

    private static func path(around circle: [CircleStep<SyncName>]) -> String {
        var names = circle.prefix(longest).map(\.from.description)
        if circle.count > longest { names.append("…") }
        if let first = names.first { names.append(first) }
        return names.joined(separator: " -> ")
    }
}
