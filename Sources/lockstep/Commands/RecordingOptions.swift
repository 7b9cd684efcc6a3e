import ArgumentParser
import Diagnostics
import Model
import Runner
import Values

/// The options by which `test` writes a test instead of playing all.
struct RecordingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write a test from a record of this sync, and its partner, as they are now.", valueName: "job/sync"),
        completion: JobNameCompletion.syncs)
    var record: String?

    @Flag(help: "Replace what looks personal in the test that is recorded: names, addresses, telephone numbers.")
    var mask = false

    @Option(help: ArgumentHelp("The name of the test that is recorded.", valueName: "text"))
    var name: String?

    @Flag(help: "Print the test that is recorded, and write no file.")
    var print = false

    /// - Parameter hasOthers: whether options are given that play tests.
    func validate(_ names: [String], besides hasOthers: Bool, _ format: ReportFormat) throws {
        guard record != nil else {
            if mask || name != nil || print {
                throw ValidationError("'--mask', '--name' and '--print' belong to '--record'")
            }
            return
        }
        if hasOthers { throw ValidationError("'--record' plays no tests: leave out '--coverage' and '--fail-under'") }
        if format != .human && format != .json {
            throw ValidationError("'--record' answers with '--format human' or 'json'")
        }
        if names.count != 1 { throw ValidationError("name one record: --record JOB/SYNC ID") }
        if let name, name.allSatisfy(\.isWhitespace) { throw ValidationError("'--name' needs a text") }
    }

    func run(_ name: String, _ id: String, _ session: Session) async throws -> CommandEnd {
        let sync = try session.namedSync(name)
        let record = RecordTest(RecordName(id), of: sync, name: self.name, isMasked: mask, isPrinted: print)
        do throws(SettleFailure) {
            let recorded = try await record()
            tell(recorded, session)
            return recorded.refusal == nil ? .inStep : .needsSomeone
        } catch {
            return session.complain(error)
        }
    }

    private func tell(_ recorded: RecordedTest, _ session: Session) {
        if session.isJSON { return session.answer(Self.object(recorded)) }
        if let line = recorded.line {
            session.say(
                "\(recorded.file):\(line): recorded \(recorded.record) as '\(recorded.name)'".escapedForDisplay + "\n")
        } else {
            // As it has to stand in the file, however wide that is.
            session.console.out(recorded.text)
        }
        for note in recorded.notes { session.console.err("note: \(note.escapedForDisplay)\n") }
        if let refusal = recorded.refusal {
            session.complain("nothing was written to \(recorded.file): \(refusal). The test is printed above")
        }
    }

    private static func object(_ recorded: RecordedTest) -> Object {
        [
            "version": .int(1), "sync": .text("\(recorded.sync)"), "record": .text(recorded.record),
            "name": .text(recorded.name), "file": .text(recorded.file),
            "line": recorded.line.map { .int(Int64($0)) } ?? .null, "text": .text(recorded.text),
            "notes": .list(recorded.notes.map(Value.text)), "refusal": recorded.refusal.map(Value.text) ?? .null,
        ]
    }
}
