import CEL
import Model
import Values

/// A field of a sampled collection, with what its values show: these stay in memory, and only choices of small sets are ever written.
struct SampledColumn {
    let path: FieldPath
    let type: FieldType
    let side: Side
    /// The spelling of each record's value; nil where it has none.
    let values: [String?]
    /// The values that were met, in small letters and without spaces around them.
    let distinct: Set<TextKey>
    /// How many records have a value.
    let count: Int

    init(_ path: FieldPath, _ type: FieldType, _ side: Side, _ records: [Object]) {
        self.path = path
        self.type = type
        self.side = side
        values = records.map { record in
            guard let value = record.value(at: path), !value.isEmpty else { return nil }
            return ValueTable.spelling(of: value)
        }
        let met = values.compactMap { $0 }
        count = met.count
        distinct = Set(met.map { TextKey(Self.folded($0)) })
    }

    var name: String { path.steps.last?.text ?? path.text }
    /// As a message has it.
    var shown: String { path.text }
    var plainName: String { FieldNameWords.plain(name) }

    /// Whether each record has a value of its own.
    var isUnique: Bool { count > 0 && count == values.count && distinct.count == count }

    /// Whether the values are a small set of words that are chosen from, and not things of their own.
    var isChoice: Bool {
        type == .text && distinct.count <= 8 && count > distinct.count && count >= 3
            && distinct.allSatisfy { $0.text.unicodeScalars.count <= 24 }
    }

    /// The values as they are spelled, each once, sorted.
    var spellings: [String] {
        Set(values.compactMap { $0 }.map(TextKey.init)).map(\.text).sorted { $0.precedesByBytes($1) }
    }

    /// Whether the other has each of its values, spelled alike.
    func hasOnlyValues(of other: SampledColumn) -> Bool {
        Set(values.compactMap { $0 }.map(TextKey.init)).isSubset(of: other.values.compactMap { $0 }.map(TextKey.init))
    }

    static func folded(_ text: String) -> String {
        let scalars = text.lowercased().unicodeScalars.drop { $0 == " " }
        return String(String.UnicodeScalarView(scalars.reversed().drop { $0 == " " }.reversed()))
    }

    /// The share of the values of the side with fewer of them that the other has too.
    func overlap(with other: SampledColumn) -> Double {
        let fewer = min(distinct.count, other.distinct.count)
        guard fewer > 0 else { return 0 }
        return Double(distinct.intersection(other.distinct).count) / Double(fewer)
    }
}

/// The collection of a side, as far as some of its records show it.
struct SampledSide {
    let side: Side
    let columns: [SampledColumn]
    let form: ValueForm
    let recordCount: Int
    /// Fields that no arrow can take as they are: lists, and objects of which nothing is known.
    let unfit: [String]

    init(_ sample: CollectionSample, _ form: ValueForm, _ side: Side) {
        self.side = side
        self.form = form
        recordCount = sample.records.count
        var columns: [SampledColumn] = []
        var unfit: [String] = []
        func add(_ fields: SchemaFields, _ path: [String]) {
            for field in fields.list {
                let steps = path + [field.name]
                if !field.fields.isEmpty {
                    add(field.fields, steps)
                } else if field.type == .list || field.type == .object || steps.count > 4 {
                    unfit.append(FieldName.path(steps))
                } else {
                    let path = FieldPath(steps: steps, text: FieldName.path(steps))
                    columns.append(SampledColumn(path, field.type, side, sample.records))
                }
            }
        }
        add(sample.schema(form).fields, [])
        self.columns = columns
        self.unfit = unfit
    }
}
