package import Diagnostics

/// What a YAML text says, as far as it can be read.
package struct YAMLDocument: Sendable {
    /// The tree, nil if any part of the text could not be read. A tree is there in spite of duplicate keys, so that
    /// later checks can run: the first of each stands in it. An empty text is a null.
    package let root: Node?
    /// Either the one place where the syntax is broken, or all that is wrong with the tree, in source order.
    package let diagnostics: [Diagnostic]

    /// How deep collections may nest, those reached through aliases included.
    package static let deepest = 100
    /// How many nodes the aliases of a text may stand for in all, those that they repeat counted each time.
    package static let mostAliased = 100_000

    /// Reads a text of one document, in time and memory in proportion to its length.
    package static func parse(_ source: SourceText) -> YAMLDocument {
        do throws(Mistake) {
            let text = try TextCheck.check(source)
            var builder = TreeBuilder(EventReader(text, end: source.end), of: source)
            let root = try builder.document()
            let isWhole = builder.mistakes.allSatisfy(\.leavesTreeWhole)
            var lines = LastLine()
            let diagnostics = builder.mistakes.map { $0.diagnostic(in: source, &lines) }
            return YAMLDocument(root: isWhole ? root : nil, diagnostics: Diagnostic.inSourceOrder(diagnostics))
        } catch {
            var lines = LastLine()
            return YAMLDocument(root: nil, diagnostics: [error.diagnostic(in: source, &lines)])
        }
    }
}
