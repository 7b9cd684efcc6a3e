package struct Schedule: Sendable, Hashable { package let text: String }
package struct Window: Sendable, Hashable { package let text: String }
