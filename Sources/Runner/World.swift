package import FileIO
import Glibc
package import HTTP
package import Values

/// What a run asks of the world around it: the time, the environment, the disk. Nothing else here asks the system, so that a test can
/// say what the world is like.
package struct World: Sendable {
    package var now: @Sendable () -> Timestamp
    package var environment: @Sendable (_ name: String) -> String?
    /// Lets time pass, or comes back at once where the task was cancelled.
    package var pause: @Sendable (Duration) async -> Void
    package var disk: Disk
    /// How a collection is reached.
    package var connect = Connector.catalogue
    /// How systems are reached over HTTP; nil for the network as it is.
    package var transport: (@Sendable (HTTPOptions) -> HTTPTransport)?
    /// Who runs, in words: for whoever meets the lock.
    package var holder: @Sendable () -> String
    /// Where the system keeps its time zones.
    package var timeZones: String
    /// A number from 0 up to 1.
    package var random: @Sendable () -> Double = { Double.random(in: 0..<1) }
    /// Who runs, as the system names them: for whoever wonders who paused a sync.
    package var user: @Sendable () -> String = { systemUser() }
    /// Why runs are to stop now; nil where they may go on.
    package var stop: @Sendable () -> Stop? = { nil }
    /// How much time runs have; nil where nobody limits it.
    package var timeLeft: @Sendable () -> Duration? = { nil }
    /// Where the program lies; nil where the system does not tell.
    package var program: @Sendable () -> String? = { linkTarget("/proc/self/exe") }
    /// The folder in which it runs; nil where the system does not tell.
    package var workingFolder: @Sendable () -> String? = { linkTarget("/proc/self/cwd") }
    /// Has a parcel taken away, and says what became of it.
    package var deliver: @Sendable (Parcel) async -> ParcelEnd = { await ParcelProgram($0).run() }
    /// How long a run is held up, at most, by all those who are told of it.
    package var tellingTime = Duration.seconds(10)
    /// What the machine is called.
    package var host: @Sendable () -> String = { systemHost() }
    /// Reads what is sent to the program, so many bytes at most; nil where it cannot be read.
    package var input: @Sendable (_ most: Int) -> [UInt8]? = { readStandardInput(most: $0) }
    /// From now on a signal asks runs to stop, and does not end the process at once.
    package var heedSignals: @Sendable () -> Void = {}

    package init(
        now: @escaping @Sendable () -> Timestamp, environment: @escaping @Sendable (String) -> String?,
        pause: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) },
        disk: Disk = Disk(),
        holder: @escaping @Sendable () -> String, timeZones: String = "/usr/share/zoneinfo"
    ) {
        self.now = now
        self.environment = environment
        self.pause = pause
        self.disk = disk
        self.holder = holder
        self.timeZones = timeZones
    }

    /// The world as it is.
    package static let live = World(
        now: systemTime,
        environment: { name in getenv(name).map { String(cString: $0) } },
        holder: { "process \(getpid()) since \(systemTime())" })

    /// The zones that the system lists, from the file that comes with its zones; none where there is no such file.
    package func timeZoneNames() -> [String] {
        guard let bytes = try? disk.read(path("zone.tab", in: timeZones)) else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let parts = line.split(separator: UInt8(ascii: "\t"))
            guard line.first != UInt8(ascii: "#"), parts.count > 2 else { return nil }
            return String(decoding: parts[2], as: UTF8.self)
        }
    }

    /// A time zone; nil where the system knows none of that name.
    package func timeZone(_ name: String) -> TimeZoneRules? {
        if name == "UTC" { return .utc }
        // A name is a path below the folder, and never leads out of it.
        guard !name.isEmpty, !name.hasPrefix("/"),
            !name.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) }),
            let bytes = try? disk.read(path(name, in: timeZones))
        else { return nil }
        return try? TimeZoneRules(name: name, tzif: bytes)
    }
}

/// What a symbolic link leads to, as the system keeps them of processes.
@Sendable
private func linkTarget(_ path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink(path, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
}

@Sendable
private func systemTime() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    // People read these times: nobody needs more than milliseconds of them.
    let nanoseconds = Int32(time.tv_nsec / 1_000_000 * 1_000_000)
    return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: nanoseconds) ?? .earliest
}

private func systemUser() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "user \(getuid())" }
    return String(cString: name)
}

private func systemHost() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
