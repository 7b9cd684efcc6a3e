import CEL
import Diagnostics
import Values

/// What the texts of a sync were found to be: each is asked about by several rules, and read once.
final class ReadTexts {
    private enum Met {
        case path(FieldPath)
        case expression
    }

    private struct Compiled: Hashable {
        var place: Place
        var names: [String]
    }

    private let surroundings: Surroundings
    private var met: [Place: Met] = [:]
    private var programs: [Compiled: Program?] = [:]

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// The field that a text names; nil for an expression.
    func path(_ text: PlacedText) -> FieldPath? {
        if let known = met[text.place] {
            if case .path(let path) = known { return path }
            return nil
        }
        let path = ExpressionText.path(text)
        met[text.place] = path.map(Met.path) ?? .expression
        return path
    }

    /// The program of a text, whatever the types of fields; nil where it has mistakes of its own, which have been reported.
    func program(_ text: PlacedText, _ options: CompileOptions) -> Program? {
        let key = Compiled(place: text.place, names: options.names + (options.isFilter ? ["="] : []))
        if let known = programs[key] { return known }
        var ignored = Findings()
        let program = ExpressionText.compile(text, options, surroundings, &ignored)
        programs[key] = .some(program)
        return program
    }
}
