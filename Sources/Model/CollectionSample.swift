package import Values

/// Some records of a collection, spread over it.
package struct CollectionSample: Sendable {
    /// How many records a schema is made of, at most.
    package static let usual = 1000

    package var records: [Object]
    /// The names of all fields, where the collection knows them.
    package var fieldNames: [String]?

    package init(records: [Object], fieldNames: [String]? = nil) {
        self.records = records
        self.fieldNames = fieldNames
    }
}

extension CollectionSample {
    /// Some of the records that a reading kept, evenly spread. Those that cannot be parsed are left out.
    package init(of snapshot: Snapshot, atMost most: Int) {
        let count = snapshot.kept.count
        let taken = min(count, max(0, most))
        records = (0..<taken).compactMap { number in try? snapshot.decode(number * count / taken) }
        fieldNames = snapshot.fieldNames
    }

    /// What these records tell of the fields of their collection.
    package func schema(_ values: ValueForm) -> CollectionSchema {
        let sampled = SampledFields(values)
        for record in records { sampled.note(record) }
        return CollectionSchema(
            origin: .sampled(records: records.count), values: values, isClosed: fieldNames != nil,
            fields: sampled.fields(of: fieldNames))
    }
}

extension Endpoint {
    /// What is known of the fields of the collection: what the system declares, else what some of its records show.
    package func schema() async throws(EndpointFailure) -> CollectionSchema {
        if let declared = try await declaredSchema() { return declared }
        return try await sample(CollectionSample.usual).schema(capabilities.values)
    }
}
