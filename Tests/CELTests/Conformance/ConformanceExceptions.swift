/// The cases of the public file that do not pass, each with the reason.
enum ConformanceExceptions {
    static func reason(_ id: String) -> String? { reasons[id] }

    private static let reasons: [String: String] = [:]
}
