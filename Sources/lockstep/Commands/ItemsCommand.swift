import ArgumentParser
import Model
import Runner
import Values

/// Lists the records of a sync by how they stand.
struct ItemsCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "items", abstract: "Lists the records of a sync by how they stand.",
        discussion: """
            All that are held, failed or waiting, as the last run left them; with '--kind synced' those that runs wrote, \
            the latest first. 'lockstep why' tells more of one.
            """)

    @Argument(help: ArgumentHelp("The sync.", valueName: "job/sync"), completion: JobNameCompletion.syncs)
    var sync: String

    @Option(
        help: ArgumentHelp(
            "Of which kinds, with commas between: \(Self.states.joined(separator: ", ")).", valueName: "kinds"))
    var kind: String?

    @Option(help: ArgumentHelp("How many are shown; of those that are synced, 20 if left out.", valueName: "n"))
    var last: Int?

    @OptionGroup var shared: SharedOptions

    private static let synced = "synced"
    private static var states: [String] { HeldRecord.State.allCases.map(\.rawValue) + [synced] }
    private static let usualLast = 20

    private var wanted: [String]? {
        kind.map { $0.split(separator: ",").map { String($0).trimmed } }
    }

    func validate() throws {
        for name in wanted ?? [] where !Self.states.contains(name) {
            throw ValidationError("'--kind' takes \(Self.states.joined(separator: ", ")), not '\(name)'")
        }
        let kinds = shared.state.split(separator: ",").map(String.init)
        if !kinds.isEmpty, kinds.allSatisfy(Self.states.contains) {
            throw ValidationError(
                "'--state' is the folder of the state; kinds of records go with '--kind \(shared.state)'")
        }
        if let last, last < 1 { throw ValidationError("'--last' takes a number from 1 on") }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.settling(sync)
        let name = try session.sync(sync, of: workspace)
        let status: SyncStatus
        do {
            guard let found = try workspace.status(Selection(["\(name)"]), world: session.world).first else {
                return .inStep
            }
            status = found
        } catch {
            throw session.refuse(error)
        }
        if status.state == .unreadable {
            session.complain(status.problem)
            return .files
        }
        let held = status.held.filter { item in wanted?.contains(item.state.rawValue) ?? true }
        let isSynced = wanted?.contains(Self.synced) ?? false
        do {
            let history = isSynced ? RunHistory(name, workspace, world: session.world) : nil
            let synced = try history?.lastWrites(last ?? Self.usualLast) ?? []
            show(held, synced, status, session)
        } catch {
            session.complain(error.sentence)
            return .files
        }
        return .inStep
    }

    private static func words(forNone kinds: [String]?) -> String {
        guard let kinds else { return "nothing is held, failed or waiting" }
        return "no record is " + kinds.map { $0 == "conflict" ? "in conflict" : $0 }.joined(separator: " or ")
    }

    private func show(
        _ held: [HeldRecord], _ synced: [(run: String, write: PlannedWrite)], _ status: SyncStatus, _ session: Session
    ) {
        let name = status.sync
        if session.isJSON {
            return session.answer([
                "version": .int(1), "sync": .text("\(name)"),
                "held": .list(held.prefix(last ?? held.count).map(ReportJSON.held)),
                "synced": LogJSON.writes(name, synced)["writes"] ?? .list([]),
            ])
        }
        let style = session.style(.output)
        var text = ItemsView(style: style, limit: last, times: status.times).text(held, indent: "")
        let log = LogView(screen: session.screen, now: session.world.now())
        for entry in synced { text += log.line(entry) }
        if text.isEmpty, !session.options.quiet { text = "\(name): \(Self.words(forNone: wanted))\n" }
        session.say(text)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
