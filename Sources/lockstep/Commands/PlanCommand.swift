import ArgumentParser
import Diagnostics
import Model
import Runner

/// Shows every write, hold and skip that a run would make, and writes nothing.
struct PlanCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Shows every write, hold and skip that a run would make, and writes nothing.")

    @Argument(
        help: ArgumentHelp("Jobs and syncs; all where none is named.", valueName: "job[/sync]"),
        completion: JobNameCompletion.parts)
    var names: [String] = []

    @Flag(help: "Exit with 2 where the plan is not empty.")
    var detailedExitcode = false

    @OptionGroup var parts: PartOptions

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        try session.check(parts, names, opened)
        return try await session.plan(opened, parts.part, isDetailed: detailedExitcode)
    }
}

extension Session {
    /// Makes and shows the plans of what was picked out.
    func plan(_ opened: OpenedJobs, _ part: RunPart, isDetailed: Bool) async throws -> CommandEnd {
        guard let selection = opened.selection else {
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
        if isJSON {
            PlanJSON { pieces.add($0) }.show(reports, opened.mistakes)
        } else {
            show(reports, opened.workspace, pieces)
        }
        pieces.flush()
        let isEmpty = reports.allSatisfy { $0.plan?.isEmpty ?? true }
        let detail = isDetailed && !isEmpty ? CommandEnd.planNotEmpty : .inStep
        return .gravest(reports.map { CommandEnd(plan: $0) } + [opened.status, detail])
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
