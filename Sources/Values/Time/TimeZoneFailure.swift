/// Why the bytes of a time zone could not be read.
package struct TimeZoneFailure: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
        /// The bytes do not begin as RFC 8536, section 3.1, wants.
        case notTZif
        case unknownVersion(UInt8)
        /// The bytes end before what the header announces.
        case truncated
        /// The counts of a header contradict each other or the rest.
        case badCounts
        /// Instants of change that do not ascend.
        case unordered
        /// A change to a kind of local time that the file does not hold.
        case noSuchKind
        /// Seconds east of UTC that no zone can have.
        case badOffset(Int)
        case badAbbreviation
        /// The file counts leap seconds, as those of the folder `right` do; a timestamp does not.
        case leapSeconds
        /// The rule for the years after the table is not one of POSIX.
        case badRule
    }

    /// The name of the zone, as it was given.
    package let name: String
    package let problem: Problem

    package init(name: String, _ problem: Problem) {
        self.name = name
        self.problem = problem
    }

    /// One sentence for a person.
    package var message: String { "time zone '\(name)': \(reason)" }

    private var reason: String {
        switch problem {
        case .notTZif: "its file is not a time zone file (TZif)"
        case .unknownVersion(let version): "its file has version byte \(version), which is unknown"
        case .truncated: "its file ends too early"
        case .badCounts: "the counts in its file contradict each other"
        case .unordered: "the changes in its file are not in order"
        case .noSuchKind: "its file names a local time that it does not define"
        case .badOffset(let seconds): "its file puts it \(seconds) seconds east of UTC"
        case .badAbbreviation: "its file holds an abbreviation that cannot be read"
        case .leapSeconds: "its file counts leap seconds; use the zone without 'right/'"
        case .badRule: "its file ends in a rule for later years that cannot be read"
        }
    }
}
