package import Values

/// Records of a side that are passed over while they stay as they are, with the fingerprints they had: those that stood before the
/// first run, and those that a person set apart.
package struct PassedRecords: Sendable {
    private var ids = IDIndex()
    private var fingerprints: [Fingerprint] = []
    /// Which of them are not paired either.
    private var isApart: [Bool] = []

    package init() {}

    package var isEmpty: Bool { fingerprints.isEmpty }

    package var count: Int { fingerprints.count }

    /// How a record is passed over.
    package enum Standing: Sendable, Hashable {
        /// It is not made on the other side.
        case passed
        /// Nor is it paired.
        case apart
        /// It is not made on the other side, as it is now found to be: a run that died brought it back.
        case awaited
    }

    /// Does something with each: the bytes of its id, the kind of that, the fingerprint, and whether it is set apart.
    package func forEach(_ body: (UnsafeRawBufferPointer, RecordID.Kind, Fingerprint, Bool) -> Void) {
        for number in fingerprints.indices {
            ids.withKey(number) { body($0, ids.kind(number), fingerprints[number], isApart[number]) }
        }
    }

    /// Of several that are added for one record, the last counts.
    ///
    /// - Parameter fingerprint: ``Fingerprint/none`` for a record as it will be found.
    package mutating func add(_ id: RecordID, _ fingerprint: Fingerprint, isApart apart: Bool = false) {
        var key = id.key
        key.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            if let known = ids.find(bytes) {
                fingerprints[known] = fingerprint
                isApart[known] = apart
                return
            }
            _ = ids.append(bytes, id.kind)
            fingerprints.append(fingerprint)
            isApart.append(apart)
        }
    }

    /// How a record is passed over as it is now; nil where it is not.
    package func standing(of id: RecordID, _ fingerprint: Fingerprint) -> Standing? {
        guard let number = ids.find(id) else { return nil }
        if fingerprints[number] == .none { return .awaited }
        guard fingerprints[number] == fingerprint else { return nil }
        return isApart[number] ? .apart : .passed
    }
}
