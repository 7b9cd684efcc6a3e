import ArgumentParser
import Diagnostics
import Model
import Runner
import Values

/// Takes an event, a webhook's body, into the inbox of a sync.
struct IngestCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Takes a webhook's body into the inbox of a sync.",
        discussion: """
            For a receiver of webhooks to call: the body as it came is read from standard input. It is checked as the \
            connector says; then the ids that it has are kept, and nothing else of it. The next run reads those records, \
            and 'lockstep run --events' just those. An event that is about no record is taken for what it is: nothing is \
            kept, and the exit code is 0. One that is not the system's own is refused with 1.
            """)

    @Argument(help: ArgumentHelp("The sync.", valueName: "job/sync"), completion: JobNameCompletion.syncs)
    var sync: String

    @Argument(help: ArgumentHelp("The side whose system sent it.", valueName: "left|right"))
    var side: SideChoice

    @Option(
        name: .customLong("header"),
        help: ArgumentHelp("A header that came with it; may be given several times.", valueName: "name: value"),
        transform: EventHeader.init)
    var headers: [EventHeader] = []

    @Option(
        name: .customLong("header-from"),
        help: ArgumentHelp(
            "A header whose value is in a variable of the environment, where no other user sees it.",
            valueName: "name=variable"),
        transform: HeaderVariable.init)
    var variables: [HeaderVariable] = []

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.settling(sync)
        let name = try session.sync(sync, of: workspace)
        guard let body = session.world.input(Ingest.mostBytes + 1) else {
            session.complain("standard input cannot be read")
            return .files
        }
        var given = headers.map { (name: $0.name, value: $0.value) }
        for header in variables {
            // What the sender left out, the receiver may have set to nothing.
            if let value = session.world.environment(header.variable), !value.isEmpty {
                given.append((header.name, value))
            }
        }
        do throws(IngestFailure) {
            let ingest = try Ingest(name, side == .left ? .left : .right, of: workspace, world: session.world)
            tell(try ingest(body, headers: given), session)
            return .inStep
        } catch {
            if case .setting(let diagnostic) = error {
                session.console.err(session.renderer(.errors, workspace).render([diagnostic]))
            } else {
                session.complain("\(name) \(side): \(error.sentence)")
            }
            return CommandEnd(error)
        }
    }

    private func tell(_ report: IngestReport, _ session: Session) {
        if session.isJSON {
            return session.answer([
                "version": .int(1), "sync": .text("\(report.sync)"), "side": .text("\(report.side)"),
                "records": .int(Int64(report.count)), "isNew": .bool(report.isNew),
            ])
        }
        if session.options.quiet { return }
        let what =
            report.count == 0
            ? "the event is about no record of it"
            : report.isNew
                ? "\(CountWords.count(report.count, "record")) to be read by the next run"
                : "the same event waits already"
        session.console.out("\(report.sync) \(report.side): \(what)\n")
    }
}

/// One of the sides, as a word of the command line.
enum SideChoice: String, ExpressibleByArgument, CaseIterable { case left, right }

/// A header as it is written on the command line.
struct EventHeader {
    let name: String
    let value: String

    init(_ text: String) throws {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.utf8.startIndex else {
            // It may be a secret.
            throw ValidationError("a header is written 'NAME: VALUE'")
        }
        name = String(text[..<colon])
        let value = text[text.utf8.index(after: colon)...]
        self.value = String(value.drop { $0 == " " || $0 == "\t" })
    }
}

/// A header whose value a variable of the environment has.
struct HeaderVariable {
    let name: String
    let variable: String

    init(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw ValidationError("write 'NAME=VARIABLE': the header, and the variable that has its value")
        }
        (name, variable) = (String(parts[0]), String(parts[1]))
    }
}

extension CommandEnd {
    init(_ failure: IngestFailure) {
        switch failure {
        case .notASync, .noEvents: self = .usage
        case .setting, .noSecret: self = .jobFile
        case .noHash: self = .fault
        case .state: self = .files
        case .tooLarge, .notSigned, .wrongProof, .event: self = failure.isOfEvent ? .needsSomeone : .jobFile
        }
    }
}
