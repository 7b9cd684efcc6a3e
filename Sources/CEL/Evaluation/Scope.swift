package import Values

/// What an expression is evaluated over: a record, whose fields are names, and values for the names given when it was compiled.
package struct Scope: Sendable {
    package var record: Object
    /// A value for each of ``CompileOptions/names``, in their order.
    package var values: [CELValue]

    package init(record: Object = Object()) {
        self.record = record
        values = []
    }

    package init(record: Object = Object(), values: [Value]) {
        self.record = record
        self.values = values.map(CELValue.init)
    }

    package init(record: Object = Object(), celValues: [CELValue]) {
        self.record = record
        values = celValues
    }
}
