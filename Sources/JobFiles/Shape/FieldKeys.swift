// The options of an arrow of `fields` and of `match`.

extension KeyTable {
    static let field = KeyTable(
        "the options of a field",
        [
            Key("values", .valueTable, "A table of left value: right value, or {file: PATH}."),
            Key("to_left", .conversion, "How a value of the right becomes one of the left, beyond the table."),
            Key("to_right", .conversion, "How a value of the left becomes one of the right, beyond the table."),
            Key("unmapped", .orUse(.unmapped), "What happens with a value that the table does not have."),
            Key("link", .text, "The sync through whose links ids are translated."),
            Key("link_missing", .orUse(.linkMissing), "What happens while the record that an id names is not linked."),
            Key("type", .choice(.types), "What the values mean; as the connectors say if left out."),
            Key("format", .text, "How a date or timestamp is written, such as '%d/%m/%Y'."),
            Key("when", .choice(.when), "When the field is written."),
            Key("empty", .choice(.empty), "Whether an empty value erases."),
            Key("conflicts", .choice(.conflicts), "Which side counts where both changed it; the sync's if left out."),
            Key("merge", .choice(.merge), "What to try before two edits are called a conflict."),
        ])

    static let match = KeyTable(
        "the options of a match",
        [
            Key("ignore_case", .bool, "Whether 'A' and 'a' are the same; false if left out."),
            Key("type", .choice(.types), "What the values mean; as the connectors say if left out."),
        ])

    static let use = KeyTable("this option", [Key("use", .single, isRequired: true, "The value to use.")])
}

extension Shape {
    static let conversion = Shape.either([.text, .table(.single)])

    /// One of some words, or `{use: VALUE}`.
    static func orUse(_ choices: [Choice]) -> Shape { .either([.choice(choices), .mapping(.use)]) }
}

extension [Choice] {
    static let unmapped = [
        Choice("hold", "a person decides"), Choice("pass", "it goes over as it is"),
        Choice("skip", "the field is left alone"),
    ]
    static let linkMissing = [
        Choice("wait", "the record waits until the other is linked"), Choice("skip", "the field is left alone"),
    ]
    static let types = [
        Choice("text", others: ["string", "str"], "text"),
        Choice("int", others: ["integer", "long"], "a whole number"),
        Choice("decimal", others: ["number", "float", "double", "money"], "a number, exact to the last digit"),
        Choice("bool", others: ["boolean"], "true or false"), Choice("date", others: ["day"], "a day"),
        Choice("timestamp", others: ["datetime", "time", "instant"], "an instant"),
    ]
    static let when = [
        Choice("always", "always"), Choice("create", others: ["insert", "new", "once"], "when the record is made"),
        Choice("update", "when the record is there already"), Choice("empty", "only where the target is empty"),
    ]
    static let empty = [
        Choice("clear", "an empty value is a value"), Choice("keep", "an empty value never erases"),
    ]
    static let merge = [
        Choice("text", "line by line, as diff3 does"), Choice("set", "members added and removed"),
        Choice("sum", "both differences added"),
    ]
}
