/// What an expression may cost. Expressions come from people's files and are run on every record.
package struct Limits: Sendable {
    /// Bytes of source text.
    package var length = 100_000
    /// How deep brackets, operands and selections may nest. Parsing and evaluating recurse this far, and in a release
    /// build both fit the 512 KiB of stack that some threads have.
    package var depth = 150
    /// Steps of one evaluation: an element that a comprehension visits is one, and so are 64 bytes of text that are
    /// searched or made, and 8 elements of a list that are copied or compared.
    package var steps = 10_000_000

    package init() {}
}
