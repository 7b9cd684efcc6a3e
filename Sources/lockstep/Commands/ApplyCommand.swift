import ArgumentParser
import Diagnostics
import Model
import Runner
import Values

/// Makes the writes of a saved plan, and no other.
struct ApplyCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Makes the writes of a saved plan, and no other.",
        discussion: """
            The file is one that 'lockstep plan --out FILE' made. Both sides are read again. A write is made if it is \
            exactly the one in the file; where a record has moved since, or its link, the write is left out and told \
            with the reason, and all others are made. What came up since is left to the next run.

            Nothing is written where the job files say something else than when the plan was made, where the state is \
            another one, or where the file was changed: make a new plan. A second 'apply' writes nothing twice.

            It is a run of its own, with the same locks, log and brakes, due or not, and 'lockstep undo' takes it back. \
            A brake that stood against the plan is lifted with '--accept'; one that nobody has seen yet never is. A \
            job that is not enabled is left alone, and so is one that is paused: 'lockstep resume' ends that. Whoever is \
            told of runs is told of it too.
            """)

    @Argument(help: ArgumentHelp("The plan.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "Carry out the plan of this digest though a brake stood against it. Can be given several times.",
            valueName: "digest"))
    var accept: [String] = []

    @Flag(help: "Wait for a sync that another run is at work on.")
    var wait = false

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let plan: SavedPlan
        do throws(SavedPlanFailure) {
            plan = try SavedPlan(file: file, world: session.world)
        } catch {
            return refuse([error], session)
        }
        let opened = try session.open([])
        let progress = session.progress()
        session.world.heedSignals()
        var applying = Applying(plan, opened.workspace, world: session.world, accepting: Set(accept))
        applying.tell = { progress?.note($0) }
        applying.waitsForLocks = wait
        let obstacles = applying.obstacles()
        if !obstacles.isEmpty { return refuse(obstacles, session) }
        let before = plan.syncs.map { applying.runs(of: $0.sync) }
        let notifying = Notifying(opened.workspace, session.world)
        let jobs = Set(plan.syncs.filter { !$0.isEmpty }.map(\.sync.job))
        async let begun: Void = jobs.isEmpty ? () : notifying.begin(jobs)
        let reports = await applying()
        await begun
        let view = ApplyView(session: session, workspace: opened.workspace, file: file)
        let applied = plan.syncs.enumerated().map { at, saved in
            ApplyView.Applied(saved: saved, report: reports.first { $0.sync == saved.sync }, before: before[at])
        }
        if session.isJSON { session.answer(view.object(applied)) } else { session.say(view.text(applied)) }
        if !jobs.isEmpty {
            await session.tell(notifying, jobs, reports.map { ($0.sync.job, CommandEnd(apply: $0)) }, nil)
        }
        return .gravest(reports.map { CommandEnd(apply: $0) })
    }

    private func refuse(_ failures: [SavedPlanFailure], _ session: Session) -> CommandEnd {
        for failure in failures { session.complain(failure.sentence) }
        return .gravest(failures.map { $0.isOfFiles ? .files : $0.isUsage ? .usage : .needsSomeone })
    }
}

extension CommandEnd {
    /// What applying the plan of one sync came to.
    init(apply report: SyncReport) {
        self = CommandEnd(run: report)
        guard self == .inStep else { return }
        switch report.outcome {
        case .paused, .disabled: self = .needsSomeone
        default: if report.leftOut.contains(where: { $0.cause != .done }) { self = .needsSomeone }
        }
    }
}
