package import Values

/// What an expression is evaluated over: a record, whose fields are names, and values with names of their own.
package struct Scope: Sendable {
    package var record: Object
    /// Values beside the record, such as `value`. They hide fields of their names; which names there are is said when
    /// the expression is compiled (``CompileOptions/names``), and here they best stand in the same order.
    package var extras: [(name: String, value: CELValue)]

    package init(record: Object = Object()) {
        self.record = record
        extras = []
    }

    package init(record: Object = Object(), extras: [(String, Value)]) {
        self.record = record
        self.extras = extras.map { ($0, CELValue($1)) }
    }

    package init(record: Object = Object(), celExtras: [(String, CELValue)]) {
        self.record = record
        extras = celExtras.map { ($0, $1) }
    }
}
