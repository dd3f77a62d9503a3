using System.Collections.Frozen;
using System.Globalization;

namespace EdgeQueue.Node.Drawing;

/// <summary>The few words that every ticket has.</summary>
/// <param name="Minutes">With {0} for the minutes.</param>
public sealed record TicketTexts(string PeopleAhead, string ExpectedWait, string Minutes, string Copy, string Appointment)
{
    private static readonly FrozenDictionary<string, TicketTexts> All = new Dictionary<string, TicketTexts>
    {
        ["en"] = new("People ahead", "Expected wait", "{0} min", "COPY", "Appointment"),
        ["nb"] = new("Foran deg", "Forventet ventetid", "{0} min", "KOPI", "Timeavtale"),
        ["es"] = new("Personas delante", "Espera estimada", "{0} min", "COPIA", "Cita"),
        ["ru"] = new("Перед вами", "Время ожидания", "{0} мин", "КОПИЯ", "Запись на"),
        ["uk"] = new("Перед вами", "Час очікування", "{0} хв", "КОПІЯ", "Запис на"),
        ["ar"] = new("قبلك", "الانتظار المتوقع", "{0} دقيقة", "نسخة", "الموعد"),
        ["de"] = new("Vor Ihnen", "Voraussichtliche Wartezeit", "{0} Min.", "KOPIE", "Termin"),
        ["fr"] = new("Devant vous", "Attente estimée", "{0} min", "COPIE", "Rendez-vous"),
        ["pt"] = new("À sua frente", "Espera estimada", "{0} min", "CÓPIA", "Marcação"),
        ["cs"] = new("Před vámi", "Předpokládaná doba", "{0} min", "KOPIE", "Objednání"),
        ["da"] = new("Foran dig", "Forventet ventetid", "{0} min", "KOPI", "Tidsbestilling"),
        ["fi"] = new("Edellänne", "Arvioitu odotusaika", "{0} min", "KOPIO", "Ajanvaraus"),
        ["he"] = new("לפניך", "זמן המתנה משוער", "{0} דק׳", "העתק", "תור"),
        ["hi"] = new("आपसे आगे", "अनुमानित प्रतीक्षा", "{0} मिनट", "प्रति", "अपॉइंटमेंट"),
        ["it"] = new("Persone davanti", "Attesa prevista", "{0} min", "COPIA", "Appuntamento"),
        ["nl"] = new("Wachtenden voor u", "Verwachte wachttijd", "{0} min", "KOPIE", "Afspraak"),
        ["sv"] = new("Före dig", "Beräknad väntetid", "{0} min", "KOPIA", "Bokad tid"),
        ["th"] = new("คิวก่อนหน้า", "เวลารอโดยประมาณ", "{0} นาที", "สำเนา", "นัดหมาย"),
        ["tr"] = new("Önünüzdeki kişi", "Tahmini bekleme", "{0} dk", "KOPYA", "Randevu"),
        ["pl"] = new("Przed Tobą", "Przewidywany czas", "{0} min", "KOPIA", "Wizyta"),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The words of a language or its regional variant; English when there are none.</summary>
    public static TicketTexts For(string language)
    {
        var primary = language.Split('-', '_')[0];
        return All.GetValueOrDefault(primary.Equals("no", StringComparison.OrdinalIgnoreCase) ? "nb" : primary) ?? All["en"];
    }

    /// <summary>"12–25 min", or "12 min" when both are the same.</summary>
    public string Wait((int Half, int Most) minutes) => string.Format(
        CultureInfo.InvariantCulture, Minutes,
        minutes.Half == minutes.Most ? minutes.Half : string.Create(CultureInfo.InvariantCulture, $"{minutes.Half}–{minutes.Most}"));
}
