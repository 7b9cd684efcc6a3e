import ArgumentParser
import Runner

/// The options of `run` and `plan` by which they do but a part of what is to be done.
struct PartOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only what concerns this record, even if it is not due: left:ID, right:ID, or ID. Can be given several times.",
            valueName: "id"))
    var only: [String] = []

    @Option(
        help: ArgumentHelp(
            "At most so many writes in each sync, the first of its plan; the rest is left to the next run.",
            valueName: "n"))
    var limit: Int?

    var part: RunPart { RunPart(limit: limit, only: only.map(RecordName.init)) }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("'--limit' takes a number from 1 on") }
        if only.contains(where: \.isEmpty) { throw ValidationError("'--only' takes the id of a record") }
    }
}

extension Session {
    /// Records are named within one sync.
    func check(_ options: PartOptions, _ names: [String], _ opened: OpenedJobs) throws(Refused) {
        guard !options.only.isEmpty, opened.selection != nil else { return }
        guard names.count == 1 else {
            complain("'--only' names a record of one sync: name it, as in 'lockstep run JOB/SYNC --only ID'")
            throw Refused(status: .usage)
        }
        _ = try sync(names[0], of: opened.workspace)
    }
}
