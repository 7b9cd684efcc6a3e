package enum ValueType: String, Sendable, CaseIterable { case text, int, decimal, bool, date, timestamp }
package struct DateFormat: Sendable, Hashable { package let text: String }
