import Foundation
import Synchronization
import TestKit
import TestServers
import Testing

@testable import lockstep

/// Redmine on the left and Kinto on the right, each behind a proxy that breaks requests, and people who reach both without it.
final class BrokenPair: Sendable {
    let folder: SystemFolder
    private let redmine: ScratchCollection
    private let kinto: ScratchCollection
    private let proxies: [FaultProxy]
    private let output = Mutex("")
    private let pause = Mutex(Duration.zero)

    /// What the runs said.
    var told: String { output.withLock { $0 } }

    private init(_ redmine: ScratchCollection, _ kinto: ScratchCollection, _ proxies: [FaultProxy]) throws {
        self.redmine = redmine
        self.kinto = kinto
        self.proxies = proxies
        let key = "0123456789abcdef0123456789abcdef01234567"
        folder = try SystemFolder(
            "  redmine: {type: redmine, url: \"\(proxies[0].url)\", api_key: \(key), project: \(redmine.name), timeout: 3}\n"
                + "  kinto: {type: kinto, url: \"\(proxies[1].url)\", user: admin, password: \"${SECRET}\", bucket: main, timeout: 3}\n"
        )
        try folder.write(
            "jobs/bridge.yaml",
            """
            job: bridge
            left: redmine
            right: kinto
            syncs:
              issues:
                left: issues
                right: {collection: \(kinto.name), fields: [title, text]}
                deletes: propagate
                delete_vs_edit: delete
                full_read: always
                limits: {creates: 1000, updates: 1000, deletes: 1000, read_drop: 100%}
                fields:
                  - subject <-> title
                  - description <-> text
                  - project <- '\(redmine.name)': {when: create}

            """)
    }

    static func make() async throws -> BrokenPair {
        let redmine = try await ScratchCollection.make(of: .redmine)
        let kinto = try await ScratchCollection.make(of: .kinto)
        let proxies = [try await redmine.server.faults(), try await kinto.server.faults()]
        return try BrokenPair(redmine, kinto, proxies)
    }

    /// - Parameter pause: how long a system asks to be left alone.
    func begin(_ rules: [FaultRule], pause: Duration) throws {
        for proxy in proxies { try proxy.set(rules) }
        self.pause.withLock { $0 = pause }
    }

    func struck() throws -> (left: Int, right: Int) { (try proxies[0].struck().count, try proxies[1].struck().count) }

    func stop() async throws { for proxy in proxies { try await proxy.stop() } }

    /// Runs until a run and the plan after it find nothing to do.
    /// - Returns: how many runs it took.
    func settle(atMost most: Int) async throws -> Int {
        for number in 1...most {
            let (end, said) = await folder.run("run", "bridge")
            output.withLock { $0 += "run \(number): \(said)" }
            if end == .inStep, await folder.run("plan", "bridge", "--detailed-exitcode").end == .inStep {
                return number
            }
            try await Task.sleep(for: pause.withLock { $0 })
        }
        throw ServerFailure("not in step after \(most) runs\n\(told)")
    }
}

// People at work: each record has a name of its own, which nobody changes, and a text.
extension BrokenPair {
    /// Makes records, half of them on either side.
    /// - Returns: the text of each name.
    func fill(_ count: Int) async throws -> [String: String] {
        var wanted: [String: String] = [:]
        for number in 0..<count {
            let (name, text) = ("record \(number)", "text of \(number), ü")
            wanted[name] = text
            if number % 2 == 0 {
                let body = ["issue": ["project_id": redmine.name, "subject": name, "description": text]]
                try await redmine.server.ask("POST", "/issues.json", body: try jsonText(body)).expect(201)
            } else {
                let body = ["data": ["title": name, "text": text]]
                try await kinto.server.ask("POST", kinto.path, body: try jsonText(body)).expect(201)
            }
        }
        return wanted
    }

    /// Changes two fifths of the records, and deletes a fifth, half of each on either side; no record on both.
    /// - Returns: what is wanted then.
    func edit(_ wanted: [String: String]) async throws -> [String: String] {
        var wanted = wanted
        let left = try await issues().map { (name: $0["subject"] as? String ?? "", id: "\($0["id"] ?? "")") }
        let right = try await records().map { (name: $0["title"] as? String ?? "", id: "\($0["id"] ?? "")") }
        for (name, id) in left.sorted(by: { $0.name < $1.name }) {
            guard let number = Int(name.split(separator: " ").last ?? "") else { continue }
            switch number % 10 {
            case 0, 1:
                wanted[name] = "left \(number)"
                let body = try jsonText(["issue": ["description": "left \(number)"]])
                try await redmine.server.ask("PUT", "/issues/\(id).json", body: body).expect(204)
            case 2:
                wanted[name] = nil
                try await redmine.server.ask("DELETE", "/issues/\(id).json").expect(204)
            default: break
            }
        }
        for (name, id) in right.sorted(by: { $0.name < $1.name }) {
            guard let number = Int(name.split(separator: " ").last ?? "") else { continue }
            switch number % 10 {
            case 5, 6:
                wanted[name] = "right \(number)"
                let body = try jsonText(["data": ["text": "right \(number)"]])
                try await kinto.server.ask("PATCH", "\(kinto.path)/\(id)", body: body).expect(200)
            case 7:
                wanted[name] = nil
                try await kinto.server.ask("DELETE", "\(kinto.path)/\(id)").expect(200)
            default: break
            }
        }
        return wanted
    }

    /// Asks both servers themselves, by curl and without the proxies.
    func expect(_ wanted: [String: String], _ comment: String) async throws {
        let lines = wanted.map { "\($0): \($1)" }.sorted()
        let left = try await issues().map { "\($0["subject"] ?? ""): \($0["description"] ?? "")" }.sorted()
        let right = try await records().map { "\($0["title"] ?? ""): \($0["text"] ?? "")" }.sorted()
        #expect(left == lines, "\(comment)")
        #expect(right == lines, "\(comment)")
    }

    private func issues() async throws -> [[String: Any]] {
        var issues: [[String: Any]] = []
        while true {
            let path = "\(redmine.path)&limit=100&sort=id&offset=\(issues.count)"
            let answer = try await redmine.server.ask("GET", path)
            try answer.expect(200)
            let page = answer.objects("issues")
            if page.isEmpty { return issues }
            issues += page
        }
    }

    private func records() async throws -> [[String: Any]] {
        var records: [[String: Any]] = []
        var path: String? = kinto.path + "?_limit=100"
        while let asked = path {
            let answer = try await kinto.server.ask("GET", asked)
            try answer.expect(200)
            records += answer.objects("data")
            path = answer.headers["next-page"].map { String($0.replacing(kinto.server.baseURL, with: "")) }
        }
        return records
    }
}
