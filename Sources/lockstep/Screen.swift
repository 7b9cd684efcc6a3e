import Diagnostics
import Runner

/// How answers look at the other end: in which colours, and in how many columns.
struct Screen: Sendable {
    let style: Style
    /// How wide a line may be; nil where nothing limits it, as in a file.
    let columns: Int?

    /// Narrower than this, words are cut in two all the time.
    private static let fewestColumns = 40

    /// A text whose lines are broken where they are too wide.
    func fit(_ text: String) -> String {
        columns.map { Wrapping(columns: $0).text(text) } ?? text
    }

    init(style: Style, columns: Int?) {
        self.style = style
        self.columns = columns.map { max(Self.fewestColumns, $0) }
    }
}

extension Session {
    /// The screen for answers. `COLUMNS` says how wide it is, where it is set, as by `watch`; else a terminal is as wide
    /// as it says. What goes into a pipe or a file is not broken, so that it is the same wherever it was made.
    var screen: Screen {
        let asked = world.environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        return Screen(
            style: style(.output), columns: asked ?? (console.isTerminal.output ? console.outputColumns : nil))
    }

    /// Answers with text of which no line is wider than the screen.
    func say(_ text: String) { console.out(screen.fit(text)) }
}
