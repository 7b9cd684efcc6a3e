import FileIO
package import Model
package import Values

/// What is remembered of a sync beside its links: `state.json`.
package struct SyncHeader: Sendable, Equatable {
    /// The form of this file that this Lockstep writes.
    static let version = 1

    /// A fingerprint of what in the job file decides about records: collections, filters, match, fields.
    package var definition = ""
    /// The limits of the job file of that definition; nil in states that were written before they were remembered.
    package var limits: WriteLimits?
    /// What each collection said of itself when it was last read and nothing was left to do.
    package var stamps = Sides<CollectionStamp?>(left: nil, right: nil)
    /// How many records each side held when it was last read whole.
    package var counts = Sides<Int?>(left: nil, right: nil)
    /// The greatest number in ids that new ones follow, of all that each side ever had: that of a deleted record is not used again.
    package var greatestNumbers = Sides<Int64>(left: 0, right: 0)
    /// How far each side has been read.
    package var progress = Sides(left: SideProgress(), right: SideProgress())
    package var lastStarted: Timestamp?
    /// When a person last asked for a run that was not due; nil too in states that were written before this was remembered.
    package var lastAskedFor: Timestamp?
    package var lastFinished: Timestamp?
    package var lastSucceeded: Timestamp?
    /// How the last run ended; nil where there was none.
    package var lastOutcome: RunOutcome?
    /// A sentence of what went wrong, where something did.
    package var lastProblem = ""
    /// The stable name of the kind of that, such as `read-incomplete`; empty where the run did not fail.
    package var lastCause = ""
    /// Where a brake stopped the last run: the digest of its plan; else empty.
    package var refusedDigest = ""
    /// The side on which that was; nil where the run did not fail, or it was on neither.
    package var lastSide: Side?
    /// How many runs there were.
    package var runCount = 0
    /// Links, and records that are held, failed or waiting.
    package var links = 0
    package var held = 0
    /// Linked records that are gone on each side while their partners stay: deletes are ignored, or do not flow that way.
    package var gone = Sides(left: 0, right: 0)
    /// Whether a run has gone to its end, so that what is new is new since then.
    package var hasRun = false

    /// Whether nothing was held or in doubt, and every link stood as both sides were last seen, or is left alone for as long as they do.
    package var isSettled = false
    /// The last run with a file of its own; empty where there is none.
    package var lastRun = ""

    package init() {}

    /// Whether the last run went to its end, whatever it held.
    package var lastRunEnded: Bool { hasRun && lastOutcome?.isWholeRun != false }

    /// Whether there were writes, of records by name or of a saved plan, and no run of all records yet.
    package var hasRunInPart: Bool { runCount == 0 && !lastRun.isEmpty }
}

extension SyncHeader {
    func encode(for sync: SyncName) -> [UInt8] {
        var object = Object()
        object["version"] = .int(Int64(Self.version))
        object["sync"] = .text(sync.description)
        object["definition"] = .text(definition)
        if let limits { object["limits"] = .object(HeaderFields.object(of: limits)) }
        object["has_run"] = .bool(hasRun)
        object["runs"] = .int(Int64(runCount))
        object["last_started"] = Self.value(lastStarted)
        if let lastAskedFor { object["last_asked_for"] = Self.value(lastAskedFor) }
        object["last_finished"] = Self.value(lastFinished)
        object["last_succeeded"] = Self.value(lastSucceeded)
        object["last_outcome"] = .text(lastOutcome?.rawValue ?? "")
        object["last_problem"] = .text(lastProblem)
        object["last_cause"] = .text(lastCause)
        if !refusedDigest.isEmpty { object["refused_digest"] = .text(refusedDigest) }
        if let lastSide { object["last_side"] = .text(lastSide.rawValue) }
        object["links"] = .int(Int64(links))
        object["held"] = .int(Int64(held))
        object["gone"] = Self.value(gone.map { .int(Int64($0)) })
        object["settled"] = .bool(isSettled)
        object["last_run"] = .text(lastRun)
        object["stamps"] = Self.value(stamps.map { $0.map { Value.text($0.text) } })
        object["counts"] = Self.value(counts.map { $0.map { Value.int(Int64($0)) } })
        object["numbers"] = Self.value(greatestNumbers.map { Value.int($0) })
        object["reading"] = Self.value(progress.map { $0.value })
        return HeaderSeal.close(Array(JSON.prettyText(.object(object)).utf8))
    }

    init(_ bytes: [UInt8], path: String, sync: SyncName) throws(StateFailure) {
        let value: Value
        do {
            value = try JSON.parse(bytes)
        } catch {
            let line = bytes.prefix(error.offset).filter { $0 == 0x0A }.count + 1
            throw .damaged(path: path, line: line, reason: error.reason)
        }
        guard case .object(let object) = value, case .int(let version)? = object["version"] else {
            throw .damaged(path: path, line: 1, reason: "it has no version")
        }
        guard version == SyncHeader.version else { throw .newer(path: path, version: Int(version)) }
        let owner = object["sync"]?.text ?? ""
        guard owner == sync.description else { throw .foreign(path: path, sync: owner) }
        let fields = HeaderFields(object: object, bytes: bytes, path: path)
        definition = try fields.text("definition")
        limits = object["limits"] == nil ? nil : try fields.object("limits").limits()
        hasRun = try fields.bool("has_run")
        runCount = try fields.count("runs") ?? 0
        lastStarted = try fields.timestamp("last_started")
        lastAskedFor = object["last_asked_for"] == nil ? nil : try fields.timestamp("last_asked_for")
        lastFinished = try fields.timestamp("last_finished")
        lastSucceeded = try fields.timestamp("last_succeeded")
        lastOutcome = try fields.outcome("last_outcome")
        lastProblem = try fields.text("last_problem")
        // Not in states that were written before there was such a thing.
        lastCause = object["last_cause"] == nil ? "" : try fields.text("last_cause")
        refusedDigest = object["refused_digest"] == nil ? "" : try fields.text("refused_digest")
        lastSide = object["last_side"] == nil ? nil : Side(rawValue: try fields.text("last_side"))
        links = try fields.count("links") ?? 0
        held = try fields.count("held") ?? 0
        let goneFields = object["gone"] == nil ? nil : try fields.object("gone")
        isSettled = try fields.bool("settled")
        lastRun = try fields.text("last_run")
        let stampFields = try fields.object("stamps")
        let countFields = try fields.object("counts")
        // Not in states that were written before there was such a thing.
        let numberFields = object["numbers"] == nil ? nil : try fields.object("numbers")
        let readingFields = object["reading"] == nil ? nil : try fields.object("reading")
        for side in Side.allCases {
            if let readingFields { progress[side] = try SideProgress(try readingFields.object(side.rawValue)) }
            stamps[side] = try stampFields.optionalText(side.rawValue).map(CollectionStamp.init)
            counts[side] = try countFields.count(side.rawValue)
            gone[side] = try goneFields?.count(side.rawValue) ?? 0
            greatestNumbers[side] = try numberFields?.number(side.rawValue) ?? 0
        }
        try HeaderSeal.check(bytes, path: path)
    }

    private static func value(_ timestamp: Timestamp?) -> Value {
        timestamp.map { .text($0.description) } ?? .null
    }

    private static func value(_ sides: Sides<Value?>) -> Value {
        .object(Object([("left", sides.left ?? .null), ("right", sides.right ?? .null)]))
    }
}
