import FileIO
package import Model
package import Values

/// Records of which a system said of its own accord that something became of them: a file of the sync's inbox. It holds ids, and
/// nothing of what the records hold.
package struct InboxEvent: Sendable, Equatable {
    /// The form of these files that this Lockstep writes.
    static let version = 1

    package var side: Side
    package var ids: [RecordID]
    /// What the event has in common with those that are the same one, sent again; nil where nothing tells.
    package var delivery: String?
    package var came: Timestamp

    package init(side: Side, ids: [RecordID], delivery: String? = nil, came: Timestamp) {
        self.side = side
        self.ids = ids
        self.delivery = delivery
        self.came = came
    }
}

/// What waits in the inbox of a sync, as it was at one moment. Whatever comes later is not in it, and is not removed with it.
package struct Inbox: Sendable {
    /// The ids of each side, each once, as they came.
    package fileprivate(set) var ids = Sides<[RecordID]>(left: [], right: [])
    /// When the first of them came.
    package fileprivate(set) var since: Timestamp?
    /// What is wrong with files that were passed over: sentences.
    package fileprivate(set) var problems: [String] = []
    fileprivate var files: [String] = []
    fileprivate var broken: [String] = []

    package init() {}

    package var isEmpty: Bool { ids.left.isEmpty && ids.right.isEmpty }
    package var count: Int { ids.left.count + ids.right.count }
}

extension SyncFolder {
    private var inboxFolder: String { FileIO.path("inbox", in: path) }

    /// Far beyond what is put there, and nothing that hurts to read.
    private static let greatestSize: Int64 = 64 << 20

    /// Puts an event into the inbox: it is on disk when this comes back. No lock is needed, nor waited for.
    ///
    /// - Parameter number: any number that others are unlikely to come with.
    /// - Returns: false where the same delivery waits there already.
    package func put(_ event: InboxEvent, number: UInt64) throws(StateFailure) -> Bool {
        try onFiles { () throws(FileFailure) in
            try disk.makeFolder(inboxFolder)
            let mark = event.delivery.map { "-" + Fingerprint(of: Array("\(event.side) \($0)".utf8)).description } ?? ""
            if !mark.isEmpty, try disk.list(inboxFolder).contains(where: { $0.hasSuffix(mark + Self.ending) }) {
                return false
            }
            var number = number
            while true {
                let name = "\(event.side)-\(Self.hex(event.came.milliseconds))-\(Self.hex(number))\(mark)\(Self.ending)"
                let file = FileIO.path(name, in: inboxFolder)
                if try disk.identity(file) == nil {
                    try disk.replace(file, with: event.encode(for: sync))
                    return true
                }
                number &+= 1
            }
        }
    }

    /// Whether there is anything in the inbox.
    package func hasEvents() throws(StateFailure) -> Bool { try !eventFiles().isEmpty }

    /// What waits in the inbox. A file that is not as it was written, or cannot be read, is told of and passed over.
    package func inbox() throws(StateFailure) -> Inbox {
        var inbox = Inbox()
        var known = Sides<Set<RecordID>>(left: [], right: [])
        for name in try eventFiles() {
            let file = FileIO.path(name, in: inboxFolder)
            do throws(StateFailure) {
                guard let event = try event(file) else { continue }
                inbox.files.append(file)
                inbox.since = min(inbox.since ?? event.came, event.came)
                for id in event.ids where known[event.side].insert(id).inserted { inbox.ids[event.side].append(id) }
            } catch {
                // What cannot be read now may be another time.
                if case .damaged = error { inbox.broken.append(file) }
                inbox.problems.append(Self.words(error))
            }
        }
        return inbox
    }

    /// Removes what a run has settled; files that are not as they were written are set aside. The caller holds the claim.
    package func remove(_ inbox: Inbox) throws(StateFailure) {
        try onFiles { () throws(FileFailure) in
            for file in inbox.files { try disk.remove(file) }
            for file in inbox.broken { try disk.rename(file, to: file + ".broken") }
            // A power cut that brings them back has them read once more.
        }
    }

    private func eventFiles() throws(StateFailure) -> [String] {
        try onFiles { () throws(FileFailure) in
            guard try disk.identity(inboxFolder)?.isFolder == true else { return [] }
            return try disk.list(inboxFolder).filter { $0.hasSuffix(Self.ending) }
        }
    }

    /// nil where there is no such file any more.
    private func event(_ file: String) throws(StateFailure) -> InboxEvent? {
        let bytes = try onFiles { () throws(FileFailure) -> [UInt8]? in
            guard let identity = try disk.identity(file) else { return nil }
            // A pipe would be waited for.
            return identity.isPlain && identity.size <= Self.greatestSize ? try disk.readIfPresent(file) : []
        }
        return try bytes.map { bytes throws(StateFailure) in try InboxEvent(bytes, path: file, sync: sync) }
    }

    private static func words(_ failure: StateFailure) -> String {
        switch failure {
        case .damaged(let path, _, let reason):
            "\(path): \(reason). The event is lost; its records are read when the whole, or what changed, is"
        case .file(let failure):
            "\(failure.description). Whoever calls 'lockstep ingest' must be who runs 'lockstep run'"
        default: failure.description
        }
    }

    private static let ending = ".json"

    /// Sixteen digits, so that names are in the order of their numbers.
    private static func hex(_ number: some BinaryInteger) -> String {
        let digits = String(UInt64(truncatingIfNeeded: number), radix: 16)
        return String(repeating: "0", count: max(0, 16 - digits.utf8.count)) + digits
    }
}

extension Timestamp {
    fileprivate var milliseconds: Int64 { seconds &* 1000 &+ Int64(nanoseconds / 1_000_000) }
}

extension InboxEvent {
    fileprivate func encode(for sync: SyncName) -> [UInt8] {
        let object = Object([
            ("version", .int(Int64(Self.version))), ("sync", .text(sync.description)), ("side", .text("\(side)")),
            ("came", .text(came.description)), ("delivery", delivery.map { .text($0) } ?? .null),
            ("ids", .list(ids.map(\.value))),
        ])
        return HeaderSeal.close(Array(JSON.prettyText(.object(object)).utf8))
    }

    fileprivate init(_ bytes: [UInt8], path: String, sync: SyncName) throws(StateFailure) {
        guard case .object(let object)? = try? JSON.parse(bytes), case .int(let version)? = object["version"] else {
            throw .damaged(path: path, line: 1, reason: "it is no event as 'lockstep ingest' puts it there")
        }
        guard version == Self.version else { throw .newer(path: path, version: Int(clamping: version)) }
        let fields = HeaderFields(object: object, bytes: bytes, path: path)
        let owner = try fields.text("sync")
        guard owner.hasSameBytes(as: sync.description) else { throw .foreign(path: path, sync: owner) }
        guard let side = Side(rawValue: try fields.text("side")), let came = try fields.timestamp("came") else {
            throw .damaged(path: path, line: 1, reason: "it does not say which side, or when")
        }
        self.init(side: side, ids: try fields.ids("ids"), delivery: try fields.optionalText("delivery"), came: came)
        try HeaderSeal.check(bytes, path: path)
    }
}
