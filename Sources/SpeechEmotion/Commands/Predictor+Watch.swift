import Diagnosis
import FeatureStore
import Foundation

extension Predictor {
    /// Throws ``ModelError/cannotWatch(file:)`` for a head that needs several clips at once.
    public func checkWatching() throws {
        if facts.standardize == .speaker { throw ModelError.cannotWatch(file: file.relativePath) }
    }

    /// Classifies clips as they appear, for as long as the directory is there; what is wrong with one is told and ends
    /// nothing.
    ///
    /// - throws: ``CommandError/nothingToWatch(directory:)`` when the directory is gone; what writing an answer throws.
    public func predict(_ watch: consuming DirectoryWatch, writer: PredictionWriter, options: WorkOptions) throws
        -> Never
    {
        while true {
            let paths = try watch.arrivals {
                options.console.line("timbre: \(Diagnosis.printableLine($0.briefReason))")
            }
            try predictArrivals(paths, writer: writer, options: options)
            Thread.sleep(forTimeInterval: Self.pause)
        }
    }

    /// Seconds between two looks.
    private static let pause = 0.25

    private func predictArrivals(_ paths: [String], writer: PredictionWriter, options: WorkOptions) throws {
        let console = options.console
        let clips = paths.compactMap { path -> CorpusClip? in
            let file = URL(fileURLWithPath: path)
            do {
                return CorpusClip(
                    path: path, file: file, digest: try Digest(hashingFile: file), speaker: "", label: 0)
            } catch {
                console.line("timbre: \(CorpusProblem(path: path, reason: error.briefReason).line)")
                return nil
            }
        }
        try answer(clips, options: options) { outcome in
            switch outcome {
            case .success(let answer): try writer.write(answer.prediction)
            case .failure(let problem): console.line("timbre: \(problem.line)")
            }
        }
        console.erase()
    }
}
