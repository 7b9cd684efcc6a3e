import FileIO
import Model
import Runner
import TestKit
import Values

/// A sync between two fake servers, as it is or with its sides exchanged: `near` is on the left, unless it is told otherwise.
struct ServerStory {
    var story: Story
    let near: FakeServer
    let far: FakeServer
    let farSide: Side

    /// - Parameter sync: the lines of the sync `things` beside its collections; arrows are the same from both ends.
    init(_ sync: String, near: FakeServer, far: FakeServer, farOn side: Side) throws {
        self.near = near
        self.far = far
        farSide = side
        let lines = sync.split(separator: "\n").map { "    \($0)\n" }.joined()
        let left = side == .left ? far : near
        let right = side == .left ? near : far
        story = try Story(
            "syncs:\n  things:\n    left: things\n    right: things\n" + lines,
            servers: ["desk/things": left, "shop/things": right])
    }

    /// Runs the sync, and tells it in short, such as `near +0 ~1 -0, far +2 ~0 -0, held 1`.
    @discardableResult
    func run() async throws -> String { text(try await report(.run(accepting: nil))) }

    func plan() async throws -> String { text(try await report(.plan)) }

    func report(_ mode: JobRunner.Mode) async throws -> SyncReport {
        guard let report = try await story.reports(mode).first else { throw Breach("no report") }
        return report
    }

    private func text(_ report: SyncReport) -> String {
        guard case .planned = report.outcome else {
            let told = report.short.replacing("'\(farSide == .left ? "desk" : "shop")'", with: "'far'")
            return told.replacing("\(farSide): ", with: "far: ").replacing("\(farSide.other): ", with: "near: ")
        }
        let counts = report.written.left.total + report.written.right.total == 0 ? report.plan?.counts : report.written
        let parts = [(farSide.other, "near"), (farSide, "far")].compactMap { side, name -> String? in
            guard let count = counts?[side], count.total > 0 else { return nil }
            return "\(name) +\(count.creates) ~\(count.updates) -\(count.deletes)"
        }
        let held = report.items.isEmpty ? "" : ", held \(report.items.count)"
        return (parts.isEmpty ? "nothing" : parts.joined(separator: ", ")) + held
    }

    /// What is held, as `near=far state cause`.
    func held() throws -> [String] {
        try story.workspace().status(Selection(), world: story.world).flatMap { status in
            status.held.map { item in
                "\(item.ids[farSide.other] ?? "")=\(item.ids[farSide] ?? "") \(item.state.rawValue) \(item.cause)"
            }
        }
    }

    /// A field of all records, in the order of the server.
    static func column(_ field: String, _ server: FakeServer) -> [String] {
        server.records.map { record in
            record[field].map { if case .text(let text) = $0 { text } else { JSON.text($0) } } ?? "-"
        }
    }

    /// The lines of the newest run file.
    func journal() throws -> [Substring] {
        let runs = "state/crm/things/runs"
        guard let last = try story.disk.list(story.path + "/" + runs).max() else { return [] }
        return try story.text(runs + "/" + last).split(separator: "\n")
    }
}
