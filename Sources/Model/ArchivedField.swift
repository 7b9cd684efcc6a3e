package import Diagnostics
package import Values

/// A field that an archived record is known by, and what it is set to.
package struct ArchivedField: Sendable {
    package var path: FieldPath
    package var value: Value
    package var place: Place

    package init(path: FieldPath, value: Value, place: Place) {
        self.path = path
        self.value = value
        self.place = place
    }
}
