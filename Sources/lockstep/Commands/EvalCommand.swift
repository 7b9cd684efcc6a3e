import ArgumentParser
import CEL
import Diagnostics
import Runner
import Values

/// Evaluates an expression over a record: to try a filter or a mapping.
struct EvalCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Evaluates an expression over a record: to try a filter or a mapping.",
        discussion: "With -v it shows what every part of the expression gave.")

    @Argument(help: ArgumentHelp("The expression, such as \"status == 'Closed'\".", valueName: "expr"))
    var expression: String

    @Option(
        help: ArgumentHelp(
            "A file with the record, a JSON object; an empty record where none is given.", valueName: "file"))
    var record: String?

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let scope = Scope(record: try readRecord(session))
        let program: Program
        do {
            var options = CompileOptions()
            options.timeZones = TimeZones(session.world.timeZone)
            program = try Expression.compile(expression, options)
        } catch {
            return fail(error.diagnostics, session)
        }
        if session.options.verbose, !session.isJSON {
            session.console.out(TraceView(style: session.style(.output)).text(program.trace(scope)))
        }
        do {
            show(try program.evaluateCEL(scope), session)
            return .inStep
        } catch {
            return fail([program.diagnostic(error)], session)
        }
    }

    private func show(_ value: CELValue, _ session: Session) {
        guard session.isJSON else {
            if !session.options.verbose { session.console.out(value.description.escapedForDisplay + "\n") }
            return
        }
        let json = (try? value.recordValue()) ?? .text(value.description)
        session.answer(["version": .int(1), "value": json, "kind": .text(value.kind), "diagnostics": .list([])])
    }

    private func fail(_ diagnostics: [Diagnostic], _ session: Session) -> CommandEnd {
        if session.isJSON {
            session.answer([
                "version": .int(1), "value": .null, "kind": .null,
                "diagnostics": .list(diagnostics.map { .object(DiagnosticsJSON.object($0)) }),
            ])
        } else {
            let text = SourceText(name: "expression", expression)
            let renderer = HumanRenderer(color: session.style(.errors).isOn) { $0 == "expression" ? text : nil }
            session.console.err(renderer.render(diagnostics))
        }
        return .jobFile
    }

    private func readRecord(_ session: Session) throws(Refused) -> Object {
        guard let record else { return Object() }
        let bytes: [UInt8]
        do {
            bytes = try session.world.read(record)
        } catch {
            session.complain("\(error)")
            throw Refused(status: .files)
        }
        do {
            if case .object(let object) = try JSON.parse(bytes) { return object }
            session.complain("\(record) holds no JSON object")
        } catch {
            let place = bytes.withUnsafeBytes { JSON.place(of: error.offset, in: $0) }
            session.complain("\(record):\(place.line):\(place.column): \(error.reason)")
        }
        throw Refused(status: .files)
    }
}
