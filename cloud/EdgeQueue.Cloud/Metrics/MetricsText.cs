using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace EdgeQueue.Cloud.Metrics;

/// <summary>
/// What was counted, as Prometheus reads it (text format 0.0.4). Counters and up-down counters are added up, observed ones are asked
/// when somebody reads, histograms have fixed bounds in milliseconds.
/// </summary>
public sealed class MetricsText : IDisposable
{
    /// <summary>Different sets of labels; more are not told apart (law 10): they are counted as <c>edgequeue_cloud_metrics_refused</c>.</summary>
    private const int MostSeries = 2000;

    private static readonly double[] Bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _reading = new();
    private long _refused;

    public MetricsText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CloudMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public string Read()
    {
        lock (_reading)
        {
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (IGrouping<string, Series> family in _series.Values.GroupBy(s => s.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                Series first = family.First();
                if (first.Help is { Length: > 0 } help)
                {
                    text.Append("# HELP ").Append(family.Key).Append(' ').Append(help.ReplaceLineEndings(" ")).Append('\n');
                }

                text.Append("# TYPE ").Append(family.Key).Append(' ').Append(first.Type).Append('\n');
                foreach (Series series in family.OrderBy(s => s.Labels, StringComparer.Ordinal))
                {
                    series.Write(text);
                }
            }

            return text.Append(CultureInfo.InvariantCulture, $"# TYPE edgequeue_cloud_metrics_refused counter\nedgequeue_cloud_metrics_refused {Interlocked.Read(ref _refused)}\n").ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = Labels(tags);
        string key = instrument.Name + labels;
        if (!_series.TryGetValue(key, out Series? series))
        {
            if (_series.Count >= MostSeries)
            {
                Interlocked.Increment(ref _refused);
                return;
            }

            series = _series.GetOrAdd(key, _ => new Series(instrument, labels));
        }

        series.Note(value);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            string value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
            text.Append(text.Length == 0 ? "" : ",").Append(tag.Key).Append("=\"")
                .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")).Append('"');
        }

        return text.ToString();
    }

    private sealed class Series(Instrument instrument, string labels)
    {
        private readonly Lock _lock = new();
        private readonly bool _observed = instrument.IsObservable || instrument is Gauge<long> or Gauge<int> or Gauge<double>;
        private readonly long[]? _buckets = instrument is Histogram<double> or Histogram<long> ? new long[Bounds.Length + 1] : null;
        private double _sum;

        public string Name { get; } = instrument.Name;

        public string? Help { get; } = instrument.Description;

        public string Labels { get; } = labels;

        public string Type => _buckets is not null ? "histogram" : instrument is Counter<long> or Counter<int> ? "counter" : "gauge";

        public void Note(double value)
        {
            lock (_lock)
            {
                _sum = _observed ? value : _sum + value;
                if (_buckets is not null)
                {
                    int place = Array.FindIndex(Bounds, b => value <= b);
                    _buckets[place < 0 ? Bounds.Length : place]++;
                }
            }
        }

        public void Write(StringBuilder text)
        {
            lock (_lock)
            {
                string set = Labels.Length == 0 ? "" : $"{{{Labels}}}";
                if (_buckets is null)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{Name}{set} {_sum}\n");
                    return;
                }

                string before = Labels.Length == 0 ? "" : Labels + ",";
                long so = 0;
                for (int i = 0; i < _buckets.Length; i++)
                {
                    so += _buckets[i];
                    string bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{before}le=\"{bound}\"}} {so}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{set} {_sum}\n{Name}_count{set} {so}\n");
            }
        }
    }
}
