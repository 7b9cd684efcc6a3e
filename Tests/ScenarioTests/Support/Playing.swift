import FileIO
import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

extension Scenario {
    /// Plays all steps; what a run is, the test says.
    func play(
        mirrored: Bool, run: (inout Stage, Step, Workspace) async throws -> Void
    ) async throws -> Stage {
        var stage = try Stage(self, mirrored: mirrored)
        for step in steps {
            if step.isRun {
                let workspace = try stage.workspace()
                try await run(&stage, step, workspace)
                stage.runIsOver()
            } else {
                try stage.take(step)
            }
        }
        return stage
    }

    /// Plays all steps as they are told, with nothing in between.
    func play(mirrored: Bool) async throws -> Stage {
        try await play(mirrored: mirrored) { stage, step, workspace in
            _ = try await stage.run(step, workspace, stage.script?.disk ?? Disk())
        }
    }
}

extension Stage {
    /// Makes a plan, which touches nothing; then runs, which does what was planned and comes to what the scenario says.
    func runAsPlanned(_ step: Scenario.Step, _ workspace: Workspace) async throws {
        let place = "\(scenario.testDescription), line \(step.line)\(isMirrored ? ", mirrored" : "")"
        let planned = isDisturbed ? [] : try await planTouchingNothing(step, workspace, place)
        let before = try records()
        if !isMirrored { try await applySaved(planned, step, workspace, place) }
        let reports = try await run(step, workspace, script?.disk ?? Disk())
        let isDead = script?.isDead ?? false
        let told = isDead ? ["dead"] : self.told(reports)
        let expected = expectation(step)
        if let script, !script.isMet {
            Issue.record("\(place): what was to befall the run did not")
        }
        // What comes of it may depend on which side is written first; what it leaves does not.
        if expected[0] == "*" { return }
        #expect(
            told.prefix(1) + told.dropFirst().sorted() == expected.prefix(1) + expected.dropFirst().sorted(), "\(place)"
        )
        if isDisturbed || told[0].contains("not due") { return }
        // A run that failed has no plan to show.
        if reports.contains(where: \.isFailed) { return }
        let writes = PlannedText.writes(planned, name)
        #expect(writes == PlannedText.writes(reports, name), "\(place): another plan")
        let isLeftOut = reports.contains { report in
            if case .refused = report.outcome { return true }
            return report.items.contains { ["refused", "moved"].contains($0.cause) }
        }
        if isLeftOut { return }
        for (file, later) in try records() {
            let collection = file.split(separator: ".").dropLast().joined(separator: ".")
            let changes = before[file]?.changes(to: later) ?? []
            #expect(
                changes == writes[collection] ?? [], "\(place): what was planned is not what was written to \(file)")
        }
    }

    private func planTouchingNothing(
        _ step: Scenario.Step, _ workspace: Workspace, _ place: String
    ) async throws -> [SyncReport] {
        try FileTree.age(path)
        let (before, tree) = (try FileTree.identities(path), try FileTree(path))
        let script = DiskScript()
        let planned = try await reports(workspace, .plan, script.disk, part: step.part)
        #expect(script.points.filter(\.isChange) == [], "\(place): a plan asks the disk for a change")
        #expect(try FileTree.identities(path) == before, "\(place): a plan leaves a trace")
        #expect(try FileTree(path) == tree, "\(place): a plan writes")
        return planned
    }

    /// Carries out the plan as a file keeps it, looks at what it wrote, and puts everything back as it was.
    private func applySaved(
        _ planned: [SyncReport], _ step: Scenario.Step, _ workspace: Workspace, _ place: String
    ) async throws {
        let plan = SavedPlan(syncs: planned.compactMap { SavedSync($0, workspace) })
        let isBraked = plan.syncs.contains { !$0.brakes.isEmpty }
        // What a limit cuts off is no whole plan, and not kept.
        guard step.part.limit == nil, plan.syncs.contains(where: { !$0.writes.isEmpty }),
            !isBraked || step.words.contains("accepting")
        else {
            return
        }
        let (tree, before) = (try FileTree(path), try records())
        let applying = Applying(
            plan, workspace, world: world(Disk()), accepting: isBraked ? Set(plan.syncs.map(\.digest)) : [])
        #expect(applying.obstacles().isEmpty, "\(place)")
        let reports = await applying()
        let causes = reports.flatMap(\.items).map(\.cause)
        if reports.contains(where: \.isFailed) || causes.contains("refused") { return try tree.restore(path) }
        let writes = PlannedText.writes(planned, name)
        #expect(
            PlannedText.writes(reports, name) == writes,
            "\(place): what is applied is not what was planned: \(told(reports))")
        #expect(reports.flatMap(\.leftOut) == [], "\(place)")
        for (file, later) in try records() {
            let collection = file.split(separator: ".").dropLast().joined(separator: ".")
            let changes = before[file]?.changes(to: later) ?? []
            #expect(changes == writes[collection] ?? [], "\(place): the applied plan wrote something else to \(file)")
        }
        try tree.restore(path)
        figure("saved plans applied as they were shown", 1)
    }

    /// The records of all data files of which an id is the field `id`.
    private func records() throws -> [String: RecordText] {
        var all: [String: RecordText] = [:]
        if job.text.contains("id:") || !job.connections.isEmpty { return all }
        for (file, content) in try FileTree(path).files where file.hasPrefix("desk/") || file.hasPrefix("shop/") {
            all[file] = try? RecordText(String(decoding: content.bytes, as: UTF8.self), name: file)
        }
        return all
    }

    /// Runs once more: nothing may be written to either side, and of the state only what tells that there was a run.
    func expectNothingMore(_ step: Scenario.Step, _ workspace: Workspace) async throws {
        try FileTree.age(path)
        let (before, tree) = (try FileTree.identities(path), try FileTree(path))
        let held = try end(workspace)
        let reports = try await run(step, workspace, Disk())
        let place =
            "\(scenario.testDescription)\(isMirrored ? ", mirrored" : ""): the run after the last: \(told(reports))"
        #expect(try end(workspace) == held, "\(place)")
        let (after, later) = (try FileTree.identities(path), try FileTree(path))
        for path in Set(before.keys).union(after.keys).sorted() {
            let name = path.split(separator: "/").last ?? ""
            switch name {
            case "state.json" where before[path] != nil:
                #expect(Self.lasting(tree.text(path)) == Self.lasting(later.text(path)), "\(place): \(path)")
            case "runs.jsonl" where reports.contains { $0.isWorthALine }:
                #expect(later.text(path)?.hasPrefix(tree.text(path) ?? "") == true, "\(place): \(path)")
            case "lock": continue
            default:
                if before[path]?.isFolder == true {
                    #expect(after[path]?.isFolder == true, "\(place): \(path)")
                } else {
                    #expect(before[path] == after[path], "\(place): \(path)")
                }
            }
        }
    }

    /// What of `state.json` a run may not change that finds nothing to do: all but how many runs there were, when the last one was, and
    /// the seal of the file.
    private static func lasting(_ text: String?) -> String? {
        text?.split(separator: "\n").filter { line in
            !["runs", "last_started", "last_finished", "last_succeeded", "checksum"].contains {
                line.contains("\"\($0)\":")
            }
        }.joined(separator: "\n")
    }
}

extension SyncReport {
    fileprivate var isFailed: Bool {
        if case .failed = outcome { return true }
        return false
    }

    /// Whether `runs.jsonl` has a line for it: it found something, if only what is still held.
    fileprivate var isWorthALine: Bool {
        switch outcome {
        case .planned, .refused, .failed: true
        default: false
        }
    }
}
