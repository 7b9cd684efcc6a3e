/// All functions by their names.
enum Library {
    static func function(_ name: String) -> Function? { byName[name] }

    static var names: some Sequence<String> { byName.keys }

    private static let byName: [String: Function] = {
        let standard = Conversions.functions + TextFunctions.functions + TimeFunctions.functions
        let text = TextFormat.functions + Encoders.functions
        let all =
            standard + text + MathFunctions.functions + OptionalFunctions.functions
            + ListFunctions.functions + SetFunctions.functions
        return Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// What a function that CEL has, and this library has not, belongs to; nil for a name that CEL does not know.
    static func partNotBuilt(_ name: String) -> String? {
        if let part = notBuilt[name] { return part }
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let library = String(name[..<dot])
        return libraries.contains(library) ? "the '\(library)' functions are" : nil
    }

    private static let libraries: Set<String> = ["sets", "lists", "net"]

    private static let notBuilt: [String: String] = [
        "ip": network, "cidr": network, "isIP": network, "isCIDR": network,
        "distinct": lists, "flatten": lists, "slice": lists, "sort": lists, "sortBy": lists,
    ]
    private static let network = "the network functions are"
    private static let lists = "the list functions are"
}
