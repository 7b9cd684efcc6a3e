import ArgumentParser
import Diagnostics
import JobFiles
import Model
import Runner

/// Makes, changes, reads and removes records in a collection, and tells what of the contract holds.
struct ConnectorCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "connector", abstract: "'test' holds the connector of a connection to what every connector owes.",
        discussion: """
            'test' makes records in a scratch collection of the system, changes, reads and removes them, and says of each clause of the \
            contract whether it holds. Leaves nothing behind, unless the system lets nobody remove records: then it says what \
            is left. Exits with 1 where a clause is broken.

            A collection that has records already is not written to without '--yes'. No record that was there is changed or \
            removed.

            A field that a new record must have, and whose values nothing tells, is given one: --set project=demo.
            """)

    enum Action: String, ExpressibleByArgument, CaseIterable { case test }

    @Argument(help: ArgumentHelp("Test a connection.", valueName: "test"))
    var action: Action

    @Argument(help: ArgumentHelp("The connection.", valueName: "connection"))
    var connection: String

    @Argument(help: ArgumentHelp("The collection; all that the definition names if left out.", valueName: "collection"))
    var collection: String?

    @Option(help: ArgumentHelp("What a field of the records that are made holds.", valueName: "field=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("A field beside those of the definition.", valueName: "name"))
    var field: [String] = []

    @Flag(help: "Also write to a collection that has records.")
    var yes = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        for text in set where !text.dropFirst().contains("=") {
            throw ValidationError("'--set' takes a field and its value, as in '--set project=demo', and not '\(text)'")
        }
    }

    private var wishes: ConnectorTest.Wishes {
        let given = set.map { text -> (field: String, text: String) in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1]))
        }
        return ConnectorTest.Wishes(given: given, fields: field)
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.load()
        guard workspace.checked.connections[connection] != nil else {
            let hint = workspace.connectionNearest(to: connection).map { "; did you mean '\($0)'?" } ?? ""
            session.complain("no connection '\(connection)' in \(session.options.jobs)\(hint)")
            return .usage
        }
        guard let test = ConnectorTest(connection, workspace, wishes, world: session.world) else {
            session.complain("the connector of '\(connection)' is built in: only those with a definition are tested")
            return .usage
        }
        let names = collection.map { [$0] } ?? test.collections
        if names.isEmpty {
            session.complain("name a collection: the definition of '\(connection)' names none")
            return .usage
        }
        var results: [(collection: String, findings: [ConnectorFinding])] = []
        var ends: [CommandEnd] = []
        for name in names {
            let (findings, end) = await self.test(name, test, session)
            results.append((name, findings))
            ends.append(end)
        }
        if session.isJSON { session.answer(ConnectorJSON.report(connection, results)) }
        return .gravest(ends)
    }

    private func test(
        _ name: String, _ test: ConnectorTest, _ session: Session
    ) async -> ([ConnectorFinding], CommandEnd) {
        do throws(RunFailure) {
            let subject = try await test.subject(name)
            let count = try await test.count(subject)
            if count > 0, !yes {
                session.complain(
                    "\(connection)/\(name) has \(count) records, and the test writes to it: take a scratch collection, or "
                        + "add '--yes'")
                return ([], .usage)
            }
            let view = ConnectorView(style: session.style(.output))
            if !session.isJSON { session.console.out(view.heading(connection, name)) }
            let findings = await subject.findings { finding in
                if !session.isJSON { session.console.out(view.line(finding)) }
            }
            return (findings, findings.contains(where: \.isBroken) ? .needsSomeone : .inStep)
        } catch {
            session.complain(FailureWords(error).sentence)
            return ([], CommandEnd(error))
        }
    }
}
