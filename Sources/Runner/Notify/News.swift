import Model
package import StateStore
package import Values

/// What a notifier is to be told, in one message.
package struct News: Sendable, Equatable {
    package var groups: [NewsGroup] = []
    /// What is over.
    package var recovered: [NewsGroup] = []

    var isEmpty: Bool { groups.isEmpty && recovered.isEmpty }
}

/// One thing that is so, or was.
package struct NewsGroup: Sendable, Equatable {
    /// As many records stand in a message for each group.
    static let sampleLimit = 10

    package var key: AlertKey
    package var since: Timestamp
    package var sentence: String
    /// How many records it is about, and how many of them are told for the first time.
    package var count: Int
    package var fresh = 0
    package var samples: [HeldRecord] = []
    package var advice: String?
    /// What came since the last message, and is over by now: how many records, or how many times.
    package var passed = 0
    /// When the last message went out, where there was one.
    package var passedSince: Timestamp?

    /// Whether it is about records, and not about a sync, a connection or a notifier as a whole.
    var isOfRecords: Bool { NotifiedEvent(rawValue: key.event)?.isOfRecords ?? false }

    /// Whether nothing of it is left: it came and went since the last message.
    var isPast: Bool { passed > 0 && fresh == 0 && count == 0 && sentence.isEmpty }
}
