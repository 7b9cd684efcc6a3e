import ArgumentParser
import Diagnostics
import Model
import Runner

/// Shows every write, hold and skip that a run would make, and writes nothing.
struct PlanCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Shows every write, hold and skip that a run would make, and writes nothing.",
        discussion: """
            With '--out' the plan is kept in a file too, and 'lockstep apply FILE' makes those writes and no other. The \
            file holds what the records hold: it is made for its owner alone.

            With '--against' the job files are compared with those of a git revision, or of another folder: what the \
            change would do to the data as it is now, such as how many records leave the scope.
            """)

    @Argument(
        help: ArgumentHelp("Jobs and syncs; all where none is named.", valueName: "job[/sync]"),
        completion: JobNameCompletion.parts)
    var names: [String] = []

    @Flag(help: "Exit with 2 where the plan is not empty; with '--against', where there is a difference.")
    var detailedExitcode = false

    @Option(help: ArgumentHelp("Keep the plan in this file, for 'apply'.", valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "What is other than with the job files of this git revision, or of this folder.", valueName: "rev|dir"))
    var against: String?

    @OptionGroup var parts: PartOptions

    @OptionGroup var answer: PlanOptions

    var shared: SharedOptions { answer.shared }

    func validate() throws {
        if out?.isEmpty ?? false { throw ValidationError("'--out' takes the name of a file") }
        if out != nil, parts.limit != nil { throw ValidationError("'--out' keeps a whole plan: leave out '--limit'") }
        guard let against else { return }
        if against.isEmpty { throw ValidationError("'--against' takes a git revision or a folder") }
        if out != nil || parts.limit != nil || !parts.only.isEmpty {
            throw ValidationError("'--against' compares whole plans: leave out '--out', '--limit' and '--only'")
        }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        if let against {
            return try await session.compare(names, against: against, isDetailed: detailedExitcode, as: answer.format)
        }
        let opened = try session.open(names)
        try session.check(parts, names, opened)
        return try await session.plan(opened, parts.part, isDetailed: detailedExitcode, out: out, as: answer.format)
    }
}

extension Session {
    /// Makes and shows the plans of what was picked out.
    func plan(
        _ opened: OpenedJobs, _ part: RunPart, isDetailed: Bool, out: String? = nil, as format: PlanFormat? = nil
    ) async throws -> CommandEnd {
        guard let selection = opened.selection else {
            if format == .markdown { show([], opened) }
            if isJSON { PlanJSON { console.out($0) }.show([], opened.mistakes) }
            return opened.status
        }
        let progress = progress()
        var runner = JobRunner(opened.workspace, world: world, evenIfNotDue: true) { progress?.note($0) }
        runner.part = part
        let reports: [SyncReport]
        do {
            reports = try await runner.run(selection, .plan)
        } catch {
            throw refuse(error)
        }
        // Pieces end with a line.
        let screen = isJSON ? Screen(style: style(.output), columns: nil) : screen
        let pieces = Pieces { console.out(screen.fit($0)) }
        switch format {
        case .markdown: show(reports, opened)
        case _ where isJSON: PlanJSON { pieces.add($0) }.show(reports, opened.mistakes)
        default: show(reports, opened.workspace, pieces)
        }
        pieces.flush()
        let kept = out.map { keep(reports, opened, in: $0, format) } ?? .inStep
        let isEmpty = reports.allSatisfy { $0.plan?.isEmpty ?? true }
        let detail = isDetailed && !isEmpty ? CommandEnd.planNotEmpty : .inStep
        return .gravest(reports.map { CommandEnd(plan: $0) } + [opened.status, kept, detail])
    }

    /// Keeps a plan in a file.
    private func keep(_ reports: [SyncReport], _ opened: OpenedJobs, in path: String, _ format: PlanFormat?)
        -> CommandEnd
    {
        do throws(SavedPlanFailure) {
            let file = try SavedPlanFile(path, world: world)
            let pieces = Pieces { file.put($0) }
            PlanJSON(opened.workspace) { pieces.add($0) }.show(reports, opened.mistakes)
            pieces.flush()
            try file.finish()
        } catch {
            complain(error.sentence)
            return .files
        }
        if !isJSON, format != .markdown, !options.quiet {
            say("\nkept in \(path.escapedForDisplay): 'lockstep apply' makes these writes and no other\n")
        }
        return .inStep
    }

    /// A comment for a pull request is never broken into lines of a screen.
    private func show(_ reports: [SyncReport], _ opened: OpenedJobs) {
        console.out(PlanMarkdown(session: plain, workspace: opened.workspace).text(reports, opened.mistakes))
    }

    private func show(_ reports: [SyncReport], _ workspace: Workspace, _ pieces: Pieces) {
        let style = style(.output)
        let view = PlanView(style: style, limit: options.verbose ? nil : PlanView.usualLimit) { pieces.add($0) }
        let run = RunView(session: self, workspace: workspace, names: [])
        for report in reports {
            switch report.outcome {
            case .planned, .stopped(.writeLimit, _): view.show(report)
            case .refused:
                view.show(report)
                pieces.add(run.text(report, isPlan: true))
            case .untouched: pieces.add(style.paint("\(report.sync)", .bold) + ": nothing to do\n")
            case .paused: break
            case .disabled: pieces.add(style.paint("\(report.sync)", .bold) + ": not enabled\n")
            default: pieces.add(run.text(report, isPlan: true))
            }
        }
        if reports.count > 1 { pieces.add(PlanView.total(reports)) }
        if workspace.jobNames.isEmpty { pieces.add("there are no job files in \(options.jobs.escapedForDisplay)\n") }
    }
}
