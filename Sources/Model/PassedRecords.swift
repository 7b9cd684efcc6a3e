package import Values

/// Records of a side that stood before the first run and were passed over by it, with the fingerprints they had.
package struct PassedRecords: Sendable {
    private var ids = IDIndex()
    private var fingerprints: [Fingerprint] = []

    package init() {}

    package var isEmpty: Bool { fingerprints.isEmpty }

    package var count: Int { fingerprints.count }

    /// Does something with each: the bytes of its id, the kind of that, and the fingerprint.
    package func forEach(_ body: (UnsafeRawBufferPointer, RecordID.Kind, Fingerprint) -> Void) {
        for number in fingerprints.indices {
            ids.withKey(number) { body($0, ids.kind(number), fingerprints[number]) }
        }
    }

    package mutating func add(_ id: RecordID, _ fingerprint: Fingerprint) {
        var key = id.key
        key.withUTF8 { bytes in
            _ = ids.append(UnsafeRawBufferPointer(bytes), id.kind)
        }
        fingerprints.append(fingerprint)
    }

    /// Whether the record was passed over as it is now.
    package func contains(_ id: RecordID, _ fingerprint: Fingerprint) -> Bool {
        ids.find(id) { fingerprints[$0] == fingerprint } != nil
    }
}
