import Diagnostics
import FileIO
import JobFiles
import Model
import Runner
import StateStore
import TestKit
import Values

/// What a person settles in a story, in short.
extension Story {
    func named(_ name: SyncName = Self.things) throws -> NamedSync {
        NamedSync(name, try workspace(), world: world)
    }

    /// Undoes a run, such as `last`, and tells what was written and what was left out.
    @discardableResult
    func undo(_ run: String = "last", of sync: String = "things") async throws -> String {
        try await found(run, sync)().short
    }

    func planUndo(_ run: String = "last", of sync: String = "things") async throws -> String {
        try await found(run, sync).plan().short
    }

    private func found(_ run: String, _ sync: String) throws -> Undo {
        let found = try RunFinder(try workspace(), world: world).find(run, of: SyncName(job: "crm", sync: sync))
        return Undo(found.run, of: try named(found.sync))
    }

    static let things = SyncName(job: "crm", sync: "things")

    private func records(_ names: [String]) -> WantedRecords {
        names.isEmpty ? .all : .named(names.map(RecordName.init))
    }

    /// Takes a side's values of records, all where none is named.
    @discardableResult
    func resolve(_ names: [String] = [], taking side: Side, field: String? = nil) async throws -> String {
        try await Resolve(
            records(names), taking: side, field: field, of: try named())().short
    }

    @discardableResult
    func link(_ left: String, _ right: String) async throws -> String {
        let records = Sides(left: RecordName(left), right: RecordName(right))
        return try await LinkByHand(records, of: try named())().short
    }

    @discardableResult
    func unlink(_ names: String...) async throws -> String {
        try await Unlink(records(names), of: try named())().short
    }

    @discardableResult
    func resync(_ names: [String] = [], hard: Bool = false) async throws -> String {
        try await Resync(records(names), isHard: hard, of: try named())().short
    }

    func verify() async throws -> [String] {
        try await Verify(try named())().short
    }

    /// The sentence with which something is refused.
    func refusal(_ body: (Story) async throws -> String) async throws -> String {
        do {
            return "done: " + (try await body(self))
        } catch let failure as SettleFailure {
            return failure.sentence
        }
    }

    /// Both data files of `things`.
    func both() throws -> [String] { [try text("left/things.jsonl"), try text("right/things.csv")] }
}

extension SettleReport {
    var short: String {
        let settled = self.settled.map {
            "\($0.ids.left ?? "")=\($0.ids.right ?? "")" + $0.fields.map { " \($0)" }.joined()
        }
        let left = leftAlone.map { "left \($0.ids.left ?? "")=\($0.ids.right ?? ""): \($0.reason)" }
        let next = self.next.map { write in
            "\(write.verb) \(write.side) \(write.id.key)"
                + write.fields.map { " \($0.path)=\($0.after.shown)" }.joined()
        }
        let held = self.held.map { "hold \($0.ids.left ?? "")=\($0.ids.right ?? "") \($0.cause)" }
        return (settled + left + next.map { "next \($0)" } + held).joined(separator: "; ")
    }
}

extension VerifyReport {
    var short: [String] {
        let differences = self.differences.map { difference in
            let base = difference.base.map { "\($0.left.shown)|\($0.right.shown)" } ?? "none"
            return
                "\(difference.ids.left)=\(difference.ids.right) \(difference.field): \(difference.now.left.shown) \(difference.now.right.shown) base \(base)"
        }
        let gone = self.gone.map {
            "\($0.ids.left)=\($0.ids.right) gone \($0.sides.left ? "left" : "")\($0.sides.right ? "right" : "")"
        }
        let unlinked = Side.allCases.flatMap { side in self.unlinked[side].map { "\(side) \($0) has no link" } }
        return ["\(compared) compared"] + differences + unclear.map(\.reason) + gone + unlinked
    }
}

extension UndoReport {
    var short: String {
        let left = leftOut.map { "\($0.side) \($0.id)\($0.field.map { " \($0)" } ?? ""): \($0.reason)" }
        return ([report.short] + left).joined(separator: "; ")
    }
}
