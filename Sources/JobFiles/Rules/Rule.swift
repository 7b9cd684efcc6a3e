/// One question asked of all files together. Rules look at what was written and know nothing of each other.
struct Rule: Sendable {
    var check: @Sendable (Subject, inout Findings) -> Void

    static let all: [Rule] = [
        .jobNames, .connectionNames, .timeZones, .timings, .syncReferences, .waiting, .sameCollections, .directions,
        .firstRuns, .archives, .notifications,
        .fieldOptions, .writtenTwice, .tests,
    ]
}
