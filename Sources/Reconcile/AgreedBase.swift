package import Model
package import Values

extension Base {
    /// The base of a link whose records hold this and agree, each field in the terms of its side. A field that cannot be read was
    /// not agreed on.
    package init(agreed pair: Sides<Object>, _ sync: Sync, forms: Sides<ValueForm>) {
        self.init(
            entries: sync.fields.enumerated().map { number, mapping in
                let rule = FieldRule(mapping, number: number, direction: sync.direction, forms: forms)
                guard let left = try? rule.read(pair.left, on: .left),
                    let right = try? rule.read(pair.right, on: .right)
                else { return nil }
                return Base.Entry(Sides(left: left, right: right))
            })
    }
}
