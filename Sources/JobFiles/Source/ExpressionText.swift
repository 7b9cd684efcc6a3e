import CEL
import Diagnostics
import Values

/// Expressions and fields of job files: what `CEL` makes of a text, with every message pointing into the file.
enum ExpressionText {
    /// The field that a text names; nil for an expression, and for what is none.
    static func path(_ text: PlacedText) -> FieldPath? {
        try? Expression.path(text.text)
    }

    /// Compiles an expression and reports what is wrong with it.
    static func compile(
        _ text: PlacedText, _ options: CompileOptions, _ surroundings: Surroundings, _ findings: inout Findings
    ) -> Program? {
        var options = options
        options.timeZones = surroundings.timeZones
        do throws(ExpressionError) {
            return try Expression.compile(text.text, at: text.origin, options)
        } catch {
            findings.add(text.isVerbatim ? error.diagnostics : located(text, options))
            return nil
        }
    }

    /// The mistakes of a text that went through quotes or folds: found in the text by itself, then carried over.
    private static func located(_ text: PlacedText, _ options: CompileOptions) -> [Diagnostic] {
        let start = Position(line: 1, column: 1)
        do throws(ExpressionError) {
            _ = try Expression.compile(text.text, at: .copied(file: text.place.file, at: start), options)
            return []
        } catch {
            return error.diagnostics.map { diagnostic in
                var moved = diagnostic
                moved.place = diagnostic.place.map(text.place(inText:))
                moved.notes = diagnostic.notes.map { .init($0.message, at: $0.place.map(text.place(inText:))) }
                return moved
            }
        }
    }
}

extension CompileOptions {
    /// For `to_left` and `to_right`: an expression over the value and its record.
    static let conversion: CompileOptions = {
        var options = CompileOptions()
        options.names = ["value"]
        return options
    }()
}

extension PlacedText {
    fileprivate var origin: SourceOrigin {
        isVerbatim ? .copied(file: place.file, at: place(ofOffsets: 0..<1).start) : .reworked(place)
    }

    /// Where a place of this text by itself, whose lines and columns count from its start, stands in the file.
    fileprivate func place(inText inner: Place) -> Place {
        var position = Position(line: 1, column: 1)
        var range = (start: scalars.count, end: scalars.count)
        for (offset, scalar) in scalars.enumerated() {
            if position == inner.start { range.start = offset }
            if position == inner.end { range.end = offset }
            position =
                scalar == "\n"
                ? Position(line: position.line + 1, column: 1)
                : Position(line: position.line, column: position.column + 1)
        }
        return place(ofOffsets: range.start..<max(range.start, range.end))
    }
}
