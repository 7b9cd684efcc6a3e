import CEL

/// Warnings that follow from what is known of collections: without a schema nobody can say whether there is one.
package enum SchemaWarnings {
    private static let codes: Set<JobFileCode> = [
        .unknownField, .typeClash, .requiredField, .readOnlyField, .textTooLong, .notAChoice,
    ]

    /// Whether warnings of a code are such. What is wrong with an expression by itself is an error: where it is a warning, the types of
    /// fields speak against it.
    package static func has(_ code: String) -> Bool {
        JobFileCode(rawValue: code).map(codes.contains) == true || ExpressionCode(rawValue: code) != nil
    }
}
