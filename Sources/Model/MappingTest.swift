package import Diagnostics
package import Values

/// A test of a mapping, as it is meant: what both sides hold, what they held when they last agreed, and what a run has to make of it.
package struct MappingTest: Sendable {
    package var name: String
    package var sync: SyncName
    /// Links that are there, by their syncs: the ids of both sides.
    package var links: [SyncName: [Sides<Value>]]
    /// What linked records held when they last agreed, pair by pair: the first of the left belongs to the first of the right.
    package var base: Sides<[Object]>
    package var records: Sides<[Object]>
    package var expectation: Expectation
    package var place: Place

    package init(
        name: String, sync: SyncName, links: [SyncName: [Sides<Value>]] = [:],
        base: Sides<[Object]> = Sides(left: [], right: []), records: Sides<[Object]>, expectation: Expectation,
        place: Place
    ) {
        self.name = name
        self.sync = sync
        self.links = links
        self.base = base
        self.records = records
        self.expectation = expectation
        self.place = place
    }

    /// What has to come of the records of a test. What is nil, or empty, is not asked.
    package struct Expectation: Sendable {
        package var sides = Sides<Outcome?>(left: nil, right: nil)
        /// The records do not pass their filters.
        package var isOutOfScope = false
        /// Nothing is written, and nothing is held.
        package var isNoChange = false
        /// A part of the reason for which a record is held.
        package var held: Placed<String>?
        /// The fields that both sides changed, as arrows or by their names on either side.
        package var conflicts: [Placed<String>] = []
        /// All writes and holds, such as `create right` or `update left 4711`.
        package var plan: [Placed<String>]?
        package var place: Place

        package init(place: Place) { self.place = place }
    }

    package enum Outcome: Sendable {
        /// The one record of the side holds these values.
        case record(ExpectedRecord)
        /// The side has these records among others, each found by its id.
        case records([ExpectedRecord])
        /// The one record of the side is deleted.
        case deleted(Place)
    }

    /// The fields of a record that a test names, and what they have to hold.
    package struct ExpectedRecord: Sendable {
        package var fields: [(name: String, value: Placed<Value>)]
        package var place: Place

        package init(fields: [(name: String, value: Placed<Value>)], place: Place) {
            self.fields = fields
            self.place = place
        }

        /// The fields as an object.
        package var object: Object { Object(fields.map { ($0.name, $0.value.content) }) }
    }
}
