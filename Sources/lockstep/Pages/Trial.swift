import CEL
import Diagnostics
import Runner
import Values

/// Finds out what Lockstep says of an example. All is in memory, so that what a page shows cannot be out of date.
struct Trial: Sendable {
    private let example: Example
    private let world: World
    private let workspace: Workspace

    init(_ example: Example, in world: World) {
        self.example = example
        var world = world
        world.environment = { example.environment[$0] }
        self.world = world
        workspace = Workspace(
            jobs: "jobs", holding: example.files.map { SourceText(name: $0.path, bytes: $0.bytes) }, world: world)
    }

    /// What the command of the example tells. Of what only a run over data shows, nothing.
    func findings() async -> [Diagnostic] {
        switch example.command {
        case .check:
            return await workspace.findings([], world: world).filter { $0.severity > .note }
        case .test: return await TestRun(workspace, world: world)([]).compactMap(\.diagnostic)
        case .schedule:
            let warnings = workspace.schedulesOfNewSyncs(count: 1, world: world).flatMap(\.warnings)
            return warnings.map { Diagnostic($0.code.severity, $0.code.rawValue, $0.message) }
        case .eval(let expression): return [evaluate(expression)].compactMap { $0 }
        case .plan, .online: return []
        }
    }

    /// The text of a file that a finding names.
    func source(_ name: String) -> SourceText? {
        if case .eval(let expression) = example.command, name == "expression" {
            return SourceText(name: name, expression)
        }
        return workspace.sources[name]
    }

    private func evaluate(_ expression: String) -> Diagnostic? {
        let record = example.shown.first.flatMap { try? JSON.parse($0.bytes).object }
        var options = CompileOptions()
        options.timeZones = TimeZones(world.timeZone)
        let program: Program
        do {
            program = try Expression.compile(expression, options)
        } catch {
            return error.diagnostics.first
        }
        do {
            _ = try program.evaluateCEL(Scope(record: record ?? Object()))
            return nil
        } catch {
            return program.diagnostic(error)
        }
    }
}
