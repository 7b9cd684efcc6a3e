package enum ValueType: String, Sendable, CaseIterable {
    case text, int, decimal, bool, date, timestamp
    package func convert(_ value: Value, format: DateFormat? = nil) throws(ConversionFailure) -> Value { value }
    package func spell(_ value: Value, format: DateFormat? = nil) -> String { "" }
}
package struct ConversionFailure: Error, Hashable { package var message: String }
package struct DateFormat: Sendable, Hashable { package let text: String }
