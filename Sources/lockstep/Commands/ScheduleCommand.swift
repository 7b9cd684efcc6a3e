import ArgumentParser
import Runner

/// Shows when each sync runs next, or prints what starts Lockstep.
struct ScheduleCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Shows when each sync runs next, or prints what starts Lockstep.",
        discussion: """
            Starts are told in the zone of the job, with windows and jitter reckoned in, each as it is if the one before \
            was as early as it could be. Reads the state and nothing else, and takes no lock.

            '--format crontab', 'systemd', 'kubernetes' and 'github' print what has to be installed for 'lockstep run' to \
            be started each minute: it finds out itself what is due.
            """)

    @Argument(
        help: ArgumentHelp("Jobs and syncs; all where none is named.", valueName: "job[/sync]"),
        completion: JobNameCompletion.parts)
    var names: [String] = []

    @Option(help: ArgumentHelp("How many starts to show of each sync.", valueName: "n"))
    var count = 5

    @OptionGroup var folders: FolderOptions

    @Option(
        help: ArgumentHelp(
            "How to answer, or what to print.", valueName: "human|json|crontab|systemd|kubernetes|github"))
    var format = ScheduleFormat.human

    @OptionGroup var voice: VoiceOptions

    var shared: SharedOptions { SharedOptions.joining(folders, voice, isJSON: format == .json) }

    func validate() throws {
        guard (1...1000).contains(count) else { throw ValidationError("'--count' goes from 1 to 1000") }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        if let starter = format.starter { return try install(starter, opened, session) }
        guard let selection = opened.selection else {
            if session.isJSON { session.answer(ScheduleJSON.report([], opened.mistakes, now: session.world.now())) }
            return opened.status
        }
        let schedules: [SyncSchedule]
        do {
            schedules = try opened.workspace.schedules(selection, count: count, world: session.world)
        } catch {
            throw session.refuse(error)
        }
        let now = session.world.now()
        if session.isJSON {
            session.answer(ScheduleJSON.report(schedules, opened.mistakes, now: now))
        } else if !schedules.isEmpty || opened.mistakes.isEmpty {
            session.say(ScheduleView(style: session.style(.output), now: now).text(schedules))
        }
        let isUnreadable = schedules.contains { $0.problem != nil }
        return .gravest([opened.status, isUnreadable ? .files : .inStep])
    }

    private func install(_ starter: Starter, _ opened: OpenedJobs, _ session: Session) throws -> CommandEnd {
        let world = session.world
        guard let program = world.program(), let folder = world.workingFolder() else {
            session.complain("cannot find out where lockstep lies, or in which folder it runs")
            return .files
        }
        let installation = Installation(
            program: program, folder: folder, jobs: session.options.jobs, state: session.options.state, names: names)
        if let problem = installation.problem(for: starter) {
            session.complain(problem)
            return .usage
        }
        session.console.out(installation.text(for: starter))
        return opened.status
    }
}

/// How `schedule` answers.
enum ScheduleFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case human, json, crontab, systemd, kubernetes, github

    /// What is to start Lockstep, where that is asked for.
    var starter: Starter? { Starter(rawValue: rawValue) }
}

/// What starts programs at their time.
enum Starter: String, CaseIterable, Sendable { case crontab, systemd, kubernetes, github }
