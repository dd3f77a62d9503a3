namespace EdgeQueue.Node.Roles.Audio;

/// <summary>
/// How long announcements take, learnt from those that were made; needed to see an overload coming. Safe from one thread.
/// </summary>
/// <param name="chime">With the silence after it.</param>
/// <param name="perLanguage">A first guess: "Ticket A zero four two, please go to counter five" and a breath.</param>
public sealed class SpeechPace(TimeSpan chime, TimeSpan perLanguage)
{
    public static SpeechPace Usual => new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4));

    public TimeSpan PerLanguage { get; private set; } = perLanguage;

    public TimeSpan Of(int languages) => chime + (languages * PerLanguage);

    /// <summary>An announcement was this long. The last few count most: services and counters are alike in length.</summary>
    public void Learn(int languages, TimeSpan duration)
    {
        if (languages > 0 && duration > chime)
        {
            PerLanguage = (PerLanguage * 0.75) + ((duration - chime) / languages * 0.25);
        }
    }
}
