/// What an expression may cost. Expressions come from people's files and are run on every record.
package struct Limits: Sendable {
    /// Bytes of source text.
    package var length = 100_000
    /// How deep brackets, operands and selections may nest. Parsing and evaluating recurse this far, and in a release
    /// build both fit the 512 KiB of stack that some threads have.
    package var depth = 150
    /// Steps of one evaluation. An element that a macro visits is one, and another for every 16 parts of the macro's
    /// body; so are 64 bytes of text that are searched or made, 8 elements of a list that are copied or compared, and
    /// 64 moves of a pattern through a text. Ten million are seconds of work at worst; a filter takes a handful.
    package var steps = 10_000_000
    /// Bytes of the texts, lists and objects that one evaluation makes, all taken together, those among them that it
    /// has done with. What the record itself holds costs nothing.
    package var memory = 128 << 20

    package init() {}
}
