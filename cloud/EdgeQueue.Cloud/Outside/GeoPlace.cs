using System.Globalization;

namespace EdgeQueue.Cloud.Outside;

/// <summary>A place on earth, degrees.</summary>
internal readonly record struct GeoPlace(double Latitude, double Longitude)
{
    /// <summary>What a browser says of its accuracy counts up to so many metres: whoever says "somewhere within 50 km" is not near.</summary>
    private const double MostTolerance = 100;

    private const double EarthRadius = 6_371_000;

    public static GeoPlace? Of(string latitude, string longitude) =>
        double.TryParse(latitude, NumberStyles.Float, CultureInfo.InvariantCulture, out double north) && double.TryParse(longitude, NumberStyles.Float, CultureInfo.InvariantCulture, out double east)
        && north is >= -90 and <= 90 && east is >= -180 and <= 180 ? new(north, east) : null;

    /// <summary>Along the surface, by the haversine formula; metres.</summary>
    public double MetresTo(GeoPlace other)
    {
        double north = Half(other.Latitude - Latitude);
        double east = Half(other.Longitude - Longitude);
        double part = (north * north) + (Math.Cos(Latitude * Math.PI / 180) * Math.Cos(other.Latitude * Math.PI / 180) * east * east);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(part)));
    }

    private static double Half(double degrees) => Math.Sin(degrees * Math.PI / 360);

    /// <summary>Whether somebody at this place may be within so many metres of another.</summary>
    /// <param name="accuracy">Metres, as the browser says it (95 % of the time within); nonsense counts as 0.</param>
    public bool IsNear(GeoPlace other, int metres, string accuracy) =>
        MetresTo(other) - (double.TryParse(accuracy, NumberStyles.Float, CultureInfo.InvariantCulture, out double around) && around > 0 ? Math.Min(around, MostTolerance) : 0) <= metres;
}
